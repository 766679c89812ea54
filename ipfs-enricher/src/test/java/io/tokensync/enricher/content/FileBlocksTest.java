package io.tokensync.enricher.content;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.ipfs.Cid;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class FileBlocksTest {
    private static final FileBounds BOUNDS = new FileBounds(10_000, 200, 5, Duration.ofSeconds(30));

    private final AtomicLong now = new AtomicLong();
    private final FileBlocks files = new FileBlocks(BOUNDS, now::get);
    private final List<Cid> asked = new ArrayList<>();

    @Test
    void filesOfAnyShapeComeBackByteByByte() {
        Property.forAll(300, gen -> {
            byte[] content = bytes(gen, gen.integer(0, 2_000));
            TreeSample tree = TreeSample.of(content, gen.integer(20, 600), gen.integer(6, 20), gen.flag());
            assertThat(whole(tree)).isInstanceOfSatisfying(FileAnswer.File.class,
                    file -> assertThat(file.content()).isEqualTo(content));
        });
    }

    @Test
    void blocksAreAskedForInOrderAndNoneBeforeItsTurn() throws Exception {
        TreeSample tree = TreeSample.of("abcdef".getBytes(StandardCharsets.UTF_8), 1, 3, false);
        whole(tree);
        List<Cid> leaves = "abcdef".chars().mapToObj(c -> Cid.v0Of(new byte[]{(byte) c})).toList();
        assertThat(asked).filteredOn(leaves::contains).containsExactlyElementsOf(leaves);
    }

    @Test
    void bytesInFrontOfTheLinksComeFirst() throws Exception {
        TreeSample tree = new TreeSample();
        tree.under(tree.node("head ".getBytes(StandardCharsets.UTF_8),
                List.of(tree.leaf("left ".getBytes(StandardCharsets.UTF_8)),
                        tree.raw("right".getBytes(StandardCharsets.UTF_8)))));
        assertThat(whole(tree)).isInstanceOfSatisfying(FileAnswer.File.class,
                file -> assertThat(file.content()).asString().isEqualTo("head left right"));
    }

    @Test
    void theSourceNamesAllThatHadABlock() throws Exception {
        TreeSample tree = TreeSample.of(new byte[100], 60, 10, false);
        FileAnswer answer = files.whole(tree.request(), new Found(tree.block(), "attached"), source(tree, "kubo"));
        assertThat(((FileAnswer.File) answer).source()).isEqualTo("attached+kubo");
        assertThat(((FileAnswer.File) whole(tree)).source()).isEqualTo("here");
    }

    @ParameterizedTest
    @CsvSource({"0a020801,UNDECODABLE,type 1", "0a020805,UNDECODABLE,type 5", "ffff,UNDECODABLE,not a dag-pb node",
            "'',UNDECODABLE,without data", "0a0308026a,UNDECODABLE,not UnixFS",
            "12020a000a0408021800,UNDECODABLE,sizes of 0 blocks for 1 links",
            "12020a000a0608021800 2000,NOT_VERIFIABLE,link 1 has no id"})
    void aBlockThatIsNoFileSaysSoAloneAndInATree(String hex, ContentFailure reason, String detail) throws Exception {
        Sample block = Sample.ofBlock(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertFailed(files.alone(block.cid(), new Found(block.block(), "here")).orElseThrow(), reason, detail);
        TreeSample tree = new TreeSample();
        tree.under(tree.node(new byte[0], List.of(tree.leaf(new byte[5]), tree.add(block.block().bytes(), 5))));
        assertFailed(whole(tree), reason, "block " + block.cid() + " of the file: ");
    }

    @Test
    void aDirectoryIsNoFileHoweverManyLinksItHas() throws Exception {
        TreeSample tree = new TreeSample();
        byte[] directory = HexFormat.of().parseHex("12260a22" + "1220" + "00".repeat(32) + "12000a020801");
        tree.under(tree.add(directory, 0));
        assertFailed(whole(tree), ContentFailure.UNDECODABLE, "type 1 is no file");
        assertThat(asked).isEmpty();
    }

    @Test
    void aLongFileIsRejectedBeforeAnythingIsAskedFor() throws Exception {
        TreeSample tree = new TreeSample();
        tree.under(tree.node(new byte[0], List.of(tree.leaf(new byte[1]).saying(BOUNDS.bytes() + 1))));
        assertFailed(files.alone(tree.cid(), root(tree)).orElseThrow(), ContentFailure.TOO_LARGE, "10001 bytes");
        assertFailed(whole(tree), ContentFailure.TOO_LARGE, "10000 bytes");
        assertThat(asked).isEmpty();
    }

    @Test
    void aFewBlocksThatNameOneAnotherForEverAreLeftAtTheBound() throws Exception {
        TreeSample tree = new TreeSample();
        TreeSample.Link level = tree.leaf(new byte[0]);
        for (int depth = 0; depth < 4; depth++) {
            level = tree.node(new byte[0], Collections.nCopies(60, level));
        }
        tree.under(level);
        assertFailed(whole(tree), ContentFailure.NOT_VERIFIABLE, "more than 200 blocks");
        assertThat(asked).hasSizeLessThan(BOUNDS.blocks());
    }

    @Test
    void aChainOfBlocksIsLeftAtItsDepth() throws Exception {
        TreeSample tree = new TreeSample();
        TreeSample.Link level = tree.leaf("x".getBytes(StandardCharsets.UTF_8));
        for (int depth = 0; depth < 4; depth++) {
            level = tree.node(new byte[0], List.of(level));
        }
        assertThat(whole(tree.under(level))).isInstanceOf(FileAnswer.File.class);
        assertFailed(whole(tree.under(tree.node(new byte[0], List.of(level)))), ContentFailure.NOT_VERIFIABLE,
                "more than 5 deep");
    }

    @Test
    void aBlockOfTooManyLinksIsNotFollowed() throws Exception {
        TreeSample tree = new TreeSample();
        tree.under(tree.node(new byte[0], Collections.nCopies(1_025, tree.leaf(new byte[0]))));
        assertFailed(whole(tree), ContentFailure.NOT_VERIFIABLE, "1025 links in one block");
    }

    @ParameterizedTest
    @CsvSource({"3,2,the block above says 2", "1,2,the block above says 2"})
    void aPartThatIsLongerOrShorterThanTheBlockAboveSaysIsNone(int really, int said, String detail) throws Exception {
        TreeSample tree = new TreeSample();
        tree.under(tree.node(new byte[0], List.of(tree.leaf(new byte[really]).saying(said))));
        assertFailed(whole(tree), ContentFailure.UNDECODABLE, detail);
    }

    @Test
    void aSizeThatIsNotTheSumOfItsPartsIsNone() throws Exception {
        TreeSample tree = new TreeSample();
        List<TreeSample.Link> links = List.of(tree.leaf(new byte[2]));
        assertFailed(whole(tree.under(tree.add(TreeSample.block(new byte[0], links, 3), 3))),
                ContentFailure.UNDECODABLE, "file size 3, but blocks of 2 bytes");
        List<TreeSample.Link> huge = List.of(links.getFirst().saying(Long.MAX_VALUE), links.getFirst());
        assertFailed(whole(tree.under(tree.add(TreeSample.block(new byte[0], huge, 1), 1))),
                ContentFailure.UNDECODABLE, "more bytes than a file can have");
        assertThat(asked).isEmpty();
    }

    @Test
    void aMissingPartHasItsReason() throws Exception {
        TreeSample tree = TreeSample.of(bytes(100), 10, 20, false);
        Cid missing = new ArrayList<>(tree.blocks().keySet()).get(3);
        tree.blocks().remove(missing);
        assertFailed(whole(tree), ContentFailure.NOT_FOUND, "block " + missing + " of the file: ");
        assertThat(asked).hasSize(4);
    }

    @Test
    void afterSoLongTheRestIsLeftForTheNextTime() throws Exception {
        TreeSample tree = TreeSample.of(bytes(100), 10, 20, false);
        FileAnswer answer = files.whole(tree.request(), root(tree), request -> {
            now.addAndGet(Duration.ofSeconds(16).toNanos());
            return source(tree, "here").find(request);
        });
        assertFailed(answer, ContentFailure.TIMEOUT, "within 30 s");
        assertThat(asked).hasSize(2);
    }

    @Test
    void damagedTreesNeverThrowAndNeverMakeAnotherFile() {
        Property.forAll(3_000, gen -> {
            byte[] content = bytes(gen, gen.integer(50, 500));
            TreeSample tree = TreeSample.of(content, gen.integer(20, 100), gen.integer(6, 9), gen.flag());
            List<Map.Entry<Cid, byte[]>> blocks = List.copyOf(tree.blocks().entrySet());
            byte[] victim = gen.oneOf(blocks).getValue();
            for (int i = gen.integer(1, 3); i > 0 && victim.length > 0; i--) {
                victim[gen.integer(0, victim.length - 1)] = (byte) gen.integer(-128, 127);
            }
            assertThat(whole(tree)).isNotNull();
            assertThat(asked).hasSizeLessThanOrEqualTo(BOUNDS.blocks());
            asked.clear();
            FileAnswer verified = files.whole(tree.request(), root(tree), request -> verifying(tree).find(request));
            if (tree.cid().hashes(tree.block().bytes()) && verified instanceof FileAnswer.File file) {
                assertThat(file.content()).isEqualTo(content);
            }
            asked.clear();
        });
    }

    private ContentSource verifying(TreeSample tree) {
        return new VerifyingSource(source(tree, "here"),
                new TestMetrics().metrics().counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, "here"));
    }

    private FileAnswer whole(TreeSample tree) throws InterruptedException {
        asked.clear();
        return files.whole(tree.request(), root(tree), source(tree, "here"));
    }

    private static Found root(TreeSample tree) {
        return new Found(tree.block(), "here");
    }

    private ContentSource source(TreeSample tree, String name) {
        return request -> {
            asked.add(request.cid());
            byte[] block = tree.blocks().get(request.cid());
            return block == null
                    ? new Failed(ContentFailure.NOT_FOUND, "not here")
                    : new Found(new IpfsBlock(block), name);
        };
    }

    private static void assertFailed(FileAnswer answer, ContentFailure reason, String detail) {
        assertThat(answer).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.detail()).contains(detail);
        });
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }

    private static byte[] bytes(Gen gen, int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) gen.integer(-128, 127));
        return bytes;
    }
}
