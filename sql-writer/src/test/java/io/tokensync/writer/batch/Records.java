package io.tokensync.writer.batch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.testkit.property.Gen;

/** Records for tests: chosen ones, and random ones made to collide. */
public final class Records {
    public static final Instant T0 = Instant.parse("2026-03-29T01:30:00.1234567Z");
    public static final String TOPIC = "tokens.enriched";
    public static final String SESSION = "5c4f7a2e-0000-4000-8000-000000000001";
    public static final String LATER_SESSION = "5c4f7a2e-0000-4000-8000-000000000002";

    private static final String ODD_TEXT = "aÄß€漢\uD83D\uDE00'\"\\%_\n ";

    private Records() {}

    /** A new row that says just this. */
    public static TokenRecord upsert(String tokenId, long version, String did) {
        return upsert(new TokenKey("10.0.0.1", "node1", tokenId), version, row(did), Content.absent());
    }

    public static TokenRecord upsert(TokenKey key, long version, TokenRow row, Content content) {
        return new TokenRecord(key, version, provenance(SESSION), new Change.Upsert(row), content, null);
    }

    public static TokenRecord delete(String tokenId, long version) {
        return new TokenRecord(new TokenKey("10.0.0.1", "node1", tokenId), version, provenance(SESSION),
                new Change.Delete(T0), Content.absent(), null);
    }

    public static TokenRow row(String did) {
        return new TokenRow(did, "0", "1.0", null, TokenKind.WHOLE, T0, T0, null, null, List.of());
    }

    public static Provenance provenance(String session) {
        return new Provenance(session, "/data/node1/Rubix/rubix.db", null, T0);
    }

    public static Content fetched(String data) {
        return new Content.Fetched(Content.Fetched.READING, data, "blockstore", null);
    }

    /** Records with the bytes and coordinates they would have in a topic, offsets from 0. */
    public static List<Received> received(List<TokenRecord> records) {
        return IntStream.range(0, records.size()).mapToObj(i -> received(records.get(i), i)).toList();
    }

    public static Received received(TokenRecord record, long offset) {
        return new Received(record, new ConsumerRecord<>(TOPIC, 0, offset, record.key().toRecordKey(),
                TokenRecordSerde.write(record)));
    }

    public static TokenBatch batch(TokenRecord... records) {
        return batch(List.of(records));
    }

    public static TokenBatch batch(List<TokenRecord> records) {
        return TokenBatch.of(received(records));
    }

    /** The outcome of a batch whose rows were all new. */
    public static WriteOutcome inserted(TokenBatch batch) {
        Map<ReceiptKey, BatchCounts> counts = new HashMap<>();
        batch.rows().forEach(
                row -> counts.merge(row.newest().origin(), new BatchCounts(1, 0, 0, 0), BatchCounts::plus));
        return WriteOutcome.written(counts);
    }

    /**
     * A record of one of four rows, with a version of one to five: equal versions with different data, deletions, and
     * contents of every rank are all frequent.
     */
    public static TokenRecord any(Gen gen) {
        TokenKey key = new TokenKey("10.0.0.1", gen.oneOf("node1", "node2"), gen.oneOf("QmAbc", "Qmabc"));
        Change change = gen.percent(30)
                ? new Change.Delete(T0.plusNanos(gen.integer(0, 2) * 100L))
                : new Change.Upsert(anyRow(gen));
        return new TokenRecord(key, gen.number(1, 5), anyProvenance(gen), change, anyContent(gen), null);
    }

    /** As {@link #any}, by a scan for the essential fields only: the row as the node has it, nobody asks for content. */
    public static TokenRecord essential(Gen gen) {
        return any(gen).withContent(Content.absent());
    }

    private static TokenTransaction anyTransaction(Gen gen) {
        return new TokenTransaction(gen.oneOf(TransactionCheck.values()), gen.orNull(() -> text(gen, 3)),
                gen.orNull(() -> text(gen, 3)), gen.orNull(() -> time(gen)));
    }

    private static TokenRow anyRow(Gen gen) {
        return new TokenRow(gen.orNull(() -> text(gen, 3)), gen.orNull(() -> gen.oneOf("0", "4", "20", "x")),
                gen.orNull(() -> gen.oneOf("free", "transferred", "frozen")),
                gen.orNull(() -> gen.oneOf("1.0", "0.00001")), gen.orNull(() -> text(gen, 2)),
                gen.oneOf(TokenKind.values()), gen.oneOf(NodeGeneration.values()), gen.orNull(() -> time(gen)),
                gen.orNull(() -> time(gen)), gen.orNull(() -> text(gen, 2)), gen.orNull(() -> text(gen, 2)),
                gen.orNull(() -> anyTransaction(gen)),
                gen.flag() ? List.of() : List.of("did_malformed: " + text(gen, 3), "second"));
    }

    private static Provenance anyProvenance(Gen gen) {
        return new Provenance(gen.oneOf("s1", "s2"), gen.oneOf("/a/rubix.db", "/b/rubix.db"),
                gen.orNull(() -> "/a/.ipfs"), time(gen));
    }

    private static Content anyContent(Gen gen) {
        return switch (gen.integer(0, 2)) {
            case 0 -> Content.absent();
            case 1 -> new Content.Failed(gen.number(1, 3), gen.oneOf("timeout: a", "", "not_found: b"));
            default -> new Content.Fetched(gen.number(1, 2), text(gen, 3), gen.oneOf("kubo", "blockstore"),
                    gen.orNull(() -> "base64"), gen.orNull(() -> gen.oneOf("{}", "{\"kind\":\"ft\"}")));
        };
    }

    private static String text(Gen gen, int max) {
        return gen.text(ODD_TEXT, max).replace("\uD83D", "").replace("\uDE00", "\uD83D\uDE00");
    }

    private static Instant time(Gen gen) {
        return gen.oneOf(T0, T0.plusNanos(100), Instant.parse("0001-01-02T00:00:00Z"),
                Instant.parse("1582-10-10T12:00:00.5Z"), Instant.parse("9999-12-31T23:59:59.9999999Z"));
    }
}
