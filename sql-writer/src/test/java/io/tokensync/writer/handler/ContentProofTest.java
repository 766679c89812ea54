package io.tokensync.writer.handler;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.ipfs.WholeToken;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.TokenBatch;

import static org.assertj.core.api.Assertions.assertThat;

class ContentProofTest {
    private static final byte[] TEXT = bytes("004" + "ab".repeat(32));
    private static final byte[] BINARY = {(byte) 0xff, 0, 1};

    @Test
    void contentOfOneBlockIsProvenByItsHash() {
        assertThat(ContentProof.holds(fetched(Cid.v0Of(TEXT), TEXT, null))).isTrue();
        assertThat(ContentProof.holds(fetched(Cid.v0Of(BINARY), BINARY, null))).isTrue();
        assertThat(ContentProof.holds(fetched(raw(TEXT), TEXT, null))).isTrue();
        assertThat(ContentProof.holds(fetched(Cid.v0Of(new byte[0]), new byte[0], null))).isTrue();
    }

    @Test
    void contentThatFollowsFromAnIdOfV1IsProvenByIt() {
        byte[] content = new WholeToken(1, 2_306_987).block();
        Cid cid = Cid.parse("QmPd2Zm46ws1TZgpRu25YwPvLJkFAWP9k5QCCrqjNzKEiQ").orElseThrow();
        String text = new String(((UnixFs.Decoded.File) UnixFs.decode(cid, content)).content(), StandardCharsets.UTF_8);
        assertThat(ContentProof.holds(record("1_2306987", new Content.Fetched(1, text, "derived", null), null)))
                .isTrue();
        assertThat(ContentProof.holds(record("1_2306988", new Content.Fetched(1, text, "derived", null), null)))
                .isFalse();
        assertThat(ContentProof.holds(record("50001_7", new Content.Fetched(1, text, "derived", null), null)))
                .isFalse();
    }

    @Test
    void contentOfTheMainNetIsNotThatOfATokenOfAnotherNetwork() {
        for (WholeToken token : new WholeToken[]{new WholeToken(0, 5), new WholeToken(1, 5)}) {
            String text = String.format(Locale.ROOT, "%03d", token.level())
                    + HexFormat.of().formatHex(WholeToken.hash(token.number()));
            Content content = new Content.Fetched(1, text, "derived", null);
            assertThat(ContentProof.holds(record(token.level() + "_5", content, null))).isTrue();
            for (String id : new String[]{"50000_5", "50001_5", "10000_5", "10001_5"}) {
                assertThat(ContentProof.holds(record(id, content, null))).as(id).isFalse();
            }
        }
    }

    @Test
    void otherContentIsNot() {
        assertThat(ContentProof.holds(fetched(Cid.v0Of(TEXT), bytes("forged"), null))).isFalse();
        assertThat(ContentProof.holds(fetched(raw(TEXT), bytes("forged"), null))).isFalse();
        assertThat(ContentProof.holds(fetched(Cid.v0Of(TEXT), new byte[UnixFs.MAX_CHUNK + 1], null))).isFalse();
        assertThat(ContentProof.holds(record("no CID", new Content.Fetched(1, "forged", "kubo", null), null)))
                .isFalse();
        assertThat(ContentProof.holds(
                record(Cid.v0Of(TEXT).toString(), new Content.Fetched(1, "*", "kubo", Content.Fetched.NOT_UTF8), null)))
                .isFalse();
    }

    @Test
    void aBlockOfUnusualFormProvesWhatStandsInIt() {
        byte[] block = unusual(TEXT);
        Cid cid = Cid.v0(Multihash.of(HashFunction.SHA2_256, block));
        assertThat(ContentProof.holds(fetched(cid, TEXT, null))).isFalse();
        assertThat(ContentProof.holds(fetched(cid, TEXT, new IpfsBlock(block)))).isTrue();
        assertThat(ContentProof.holds(fetched(cid, bytes("forged"), new IpfsBlock(block)))).isFalse();
        assertThat(ContentProof.holds(fetched(Cid.v0Of(TEXT), TEXT, new IpfsBlock(block)))).isFalse();
    }

    @Test
    void theRowIsWrittenWithoutContentThatItsRecordDoesNotProve() throws Exception {
        List<TokenBatch> written = new ArrayList<>();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Clock clock = Clock.systemUTC();
        WriteHandler handler = new WriteHandler(new RecordIntake(clock), batch -> {
            written.add(batch);
            return Records.inserted(batch);
        }, "dead", "receipts", new WriterMetrics(new Metrics(registry), new WriteProgress(),
                new StageStatus(clock), clock));
        List<ProducerRecord<byte[], byte[]>> output = handler
                .handle(List.of(Records.received(fetched(Cid.v0Of(TEXT), bytes("forged"), null), 0).source()));
        assertThat(output).noneMatch(record -> record.topic().equals("dead"));
        assertThat(written.getFirst().rows().getFirst().state().content())
                .isInstanceOfSatisfying(Content.Failed.class,
                        failed -> assertThat(failed.error()).startsWith("unproven: "));
        assertThat(registry.get(MetricNames.WRITER_CONTENTS_UNPROVEN.id()).counter().count()).isEqualTo(1);
    }

    private static TokenRecord fetched(Cid cid, byte[] content, IpfsBlock block) {
        boolean isText = !Arrays.equals(content, BINARY);
        return record(cid.toString(), new Content.Fetched(Content.Fetched.READING,
                isText ? new String(content, StandardCharsets.UTF_8) : Base64.getEncoder().encodeToString(content),
                "kubo", isText ? null : Content.Fetched.NOT_UTF8), block);
    }

    private static TokenRecord record(String tokenId, Content content, IpfsBlock block) {
        return Records.upsert(new TokenKey("10.0.0.1", "node1", tokenId), 1, Records.row("d"), Content.absent())
                .withContent(content, block);
    }

    private static Cid raw(byte[] content) {
        return Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, content));
    }

    /** The same file without the size, which may be left out. */
    private static byte[] unusual(byte[] content) {
        byte[] block = new byte[content.length + 6];
        byte[] head = {0x0A, (byte) (content.length + 4), 0x08, 0x02, 0x12, (byte) content.length};
        System.arraycopy(head, 0, block, 0, head.length);
        System.arraycopy(content, 0, block, head.length, content.length);
        return block;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
