package io.tokensync.enricher.http;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.enricher.content.BlockFiles;
import io.tokensync.enricher.content.BlockstoreSource;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FileAnswer;
import io.tokensync.enricher.content.FileBlocks;
import io.tokensync.enricher.content.FileBounds;
import io.tokensync.enricher.content.OracleNode;
import io.tokensync.enricher.content.OracleNode.Layout;
import io.tokensync.enricher.content.TestMetrics;
import io.tokensync.enricher.content.TreeSample;
import io.tokensync.enricher.content.VerifyingSource;
import io.tokensync.ipfs.Cid;

import static org.assertj.core.api.Assertions.assertThat;

/** Blocks and files that another implementation of IPFS has made, through our sources; and ours through its exporter. */
class OtherImplementationTest {
    private static final int MAX_BYTES = 300_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final EndpointBounds BOUNDS = new EndpointBounds(LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT,
            MAX_BYTES);
    private static final FileBlocks FILES = new FileBlocks(new FileBounds(1_000_000, 1_024, 16, LONGEST_WAIT),
            System::nanoTime);

    private static OracleNode oracle;
    private static HttpClient client;

    private final EndpointCircuitBreaker breaker = new EndpointCircuitBreaker("oracle", Clock.systemUTC());

    @BeforeAll
    static void start() throws Exception {
        oracle = OracleNode.start();
        client = KuboSource.client(BOUNDS);
    }

    @AfterAll
    static void close() throws Exception {
        if (oracle != null) {
            client.close();
            oracle.close();
        }
    }

    static Stream<Layout> layouts() {
        return Stream.of(true, false).flatMap(trickle -> Stream.of(true, false).flatMap(raw -> Stream.of(
                new Layout(262_144, 174, trickle, raw, false), new Layout(100, 3, trickle, raw, false),
                new Layout(1_000, 174, trickle, raw, false))));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void whatItAddsComesThroughEachSourceAsItWas(Layout layout) throws Exception {
        for (int length : List.of(1, 67, 100, 101, 720, 3_000, 20_000)) {
            if (length / layout.chunk() < 100) {
                byte[] content = random(length);
                Cid cid = oracle.add(content, layout);
                assertThat(file(cid, kubo())).as("%s bytes by the API", length).isEqualTo(content);
                assertThat(file(cid, gateway())).as("%s bytes by the gateway", length).isEqualTo(content);
            }
        }
    }

    @Test
    void aFileOfTwoDefaultChunksComesAsItWas() throws Exception {
        byte[] content = random(262_145);
        Cid cid = oracle.add(content, new Layout(262_144, 174, false, false, false));
        assertThat(file(cid, kubo())).isEqualTo(content);
    }

    @Test
    void whatItAddsInOneBlockHasOurId() throws Exception {
        for (int length : List.of(1, 67, 262_144)) {
            byte[] content = random(length);
            assertThat(oracle.add(content, new Layout(262_144, 174, false, false, false))).isEqualTo(Cid.v0Of(content));
        }
    }

    @Test
    void itsBlocksComeOutOfABlockStoreToo(@TempDir Path nodes) throws Exception {
        BlockFiles files = new BlockFiles(nodes.resolve(".ipfs"));
        byte[] content = random(2_000);
        Cid cid = oracle.add(content, new Layout(100, 4, false, true, false));
        ContentSource stored = request -> {
            files.put(request.cid(), ((Found) kubo().find(request)).block().bytes());
            return new BlockstoreSource(List.of(nodes), MAX_BYTES).find(request);
        };
        ContentRequest request = new ContentRequest(cid, null, files.repository().toString());
        FileAnswer answer = FILES.whole(request, (Found) stored.find(request), stored);
        assertThat(answer).isInstanceOfSatisfying(FileAnswer.File.class, file -> {
            assertThat(file.content()).isEqualTo(content);
            assertThat(file.source()).isEqualTo("blockstore");
        });
    }

    @Test
    void aDirectoryIsNoFile() throws Exception {
        Cid cid = oracle.add(random(500), new Layout(100, 3, false, false, true));
        assertThat(answer(cid, kubo())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.UNDECODABLE));
    }

    @Test
    void whatItHasNotIsNotFound() throws Exception {
        ContentRequest request = new ContentRequest(Cid.v0Of("nobody".getBytes(StandardCharsets.UTF_8)), null, null);
        for (ContentSource source : List.of(kubo(), gateway())) {
            assertThat(source.find(request)).isInstanceOfSatisfying(Failed.class,
                    failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_FOUND));
        }
    }

    @Test
    void itsExporterReadsTheTreesThatTheTestsAreMadeOf() throws Exception {
        for (boolean raw : new boolean[]{true, false}) {
            byte[] content = random(1_000);
            TreeSample tree = TreeSample.of(content, 70, 4, raw);
            for (var block : tree.blocks().entrySet()) {
                oracle.put(block.getKey(), block.getValue());
            }
            assertThat(oracle.cat(tree.cid())).isEqualTo(content);
        }
    }

    private static byte[] file(Cid cid, ContentSource source) throws Exception {
        return switch (answer(cid, source)) {
            case FileAnswer.File file -> file.content();
            case Failed failed -> throw new AssertionError(failed);
        };
    }

    private static FileAnswer answer(Cid cid, ContentSource source) throws Exception {
        ContentRequest request = new ContentRequest(cid, null, null);
        return switch (source.find(request)) {
            case Found root -> FILES.whole(request, root, source);
            case Failed failed -> failed;
        };
    }

    private ContentSource kubo() {
        return verified(new KuboSource(endpoint(), KuboLookup.LOCAL, client, breaker));
    }

    private ContentSource gateway() {
        return verified(new GatewaySource(endpoint(), client, breaker));
    }

    private static ContentSource verified(ContentSource source) {
        return new VerifyingSource(source,
                new TestMetrics().metrics().counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, "oracle"));
    }

    private static HttpEndpoint endpoint() {
        return new HttpEndpoint(oracle.address(), BOUNDS);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
