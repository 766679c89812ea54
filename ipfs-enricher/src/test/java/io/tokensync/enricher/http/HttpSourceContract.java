package io.tokensync.enricher.http;

import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.ContentSourceContract;
import io.tokensync.enricher.content.Sample;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a source does that asks by HTTP, whatever the other side is. */
abstract class HttpSourceContract extends ContentSourceContract {
    static final Sample ONE = Sample.of("001" + "b".repeat(64));
    static final byte[] BLOCK = ONE.block().bytes();
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Duration IMPATIENCE = Duration.ofMillis(150);
    private static final Duration DRIP = Duration.ofMillis(10);
    private static final int MAX_BYTES = 10_000;
    private static final int AGAIN = 20;

    final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private HttpClient client;

    /** The source of such an endpoint. */
    abstract ContentSource source(HttpEndpoint endpoint, HttpClient httpClient, EndpointCircuitBreaker breaker);

    /** What the other side says of a block that it has not. */
    abstract NodeAnswer notHere();

    @AfterEach
    void close() {
        node.close();
        if (client != null) {
            client.shutdownNow();
        }
    }

    @Override
    protected ContentSource sourceWith(List<Sample> samples) {
        node.otherwise(notHere());
        samples.forEach(sample -> node.on(sample.cid().toString(), NodeAnswer.bytes(sample.block().bytes())));
        return source(LONGEST_WAIT, LONGEST_WAIT);
    }

    @Test
    void aNodeThatSaysNothingIsNotWaitedFor() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.silence());
        assertFailed(source(IMPATIENCE, LONGEST_WAIT).find(ONE.request()), ContentFailure.TIMEOUT,
                "no answer within 150 ms");
        assertNoConnectionIsLeft();
    }

    @Test
    void aNodeThatStopsMidwayIsNotWaitedFor() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.stallMidway(BLOCK));
        assertFailed(source(LONGEST_WAIT, IMPATIENCE).find(ONE.request()), ContentFailure.TIMEOUT,
                "no whole answer within 150 ms");
        assertNoConnectionIsLeft();
    }

    @Test
    void aNodeThatHasBegunMayTakeLongerThanToItsFirstByte() throws Exception {
        Duration firstByte = Duration.ofSeconds(1);
        ContentSource source = source(firstByte, LONGEST_WAIT);
        node.on(ONE.cid().toString(), NodeAnswer.bytes(BLOCK));
        source.find(ONE.request());
        node.on(ONE.cid().toString(), NodeAnswer.pauseMidway(BLOCK, firstByte.plusMillis(100)));

        assertThat(source.find(ONE.request())).isInstanceOf(ContentAnswer.Found.class);
    }

    @Test
    void aLongAnswerIsCutOffAndItsConnectionDropped() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.endless());
        assertFailed(source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request()), ContentFailure.SAID_TOO_LARGE, "10000");
        assertNoConnectionIsLeft();
    }

    @Test
    void aNodeThatDripsIsNotWaitedForHoweverSteadily() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.drippingHead(DRIP));
        assertFailed(source(IMPATIENCE, LONGEST_WAIT).find(ONE.request()), ContentFailure.TIMEOUT,
                "no answer within 150 ms");
        assertNoConnectionIsLeft();
        node.on(ONE.cid().toString(), NodeAnswer.drip(new byte[9_000], DRIP));
        assertFailed(source(LONGEST_WAIT, IMPATIENCE).find(ONE.request()), ContentFailure.TIMEOUT,
                "no whole answer within 150 ms");
        assertNoConnectionIsLeft();
    }

    static Stream<NodeAnswer> headsWithoutEnd() {
        return Stream.of(NodeAnswer.endlessHead(), NodeAnswer.neverTheRealAnswer());
    }

    @ParameterizedTest
    @MethodSource("headsWithoutEnd")
    void aHeadWithoutEndIsCutOffAndItsConnectionDropped(NodeAnswer answer) throws Exception {
        Sample other = Sample.of("other");
        node.on(ONE.cid().toString(), answer).on(other.cid().toString(), NodeAnswer.bytes(other.block().bytes()));
        ContentSource source = source(LONGEST_WAIT, LONGEST_WAIT);
        for (int time = 0; time < AGAIN; time++) {
            assertFailed(source.find(ONE.request()), ContentFailure.UNAVAILABLE, "Exception");
        }
        assertThat(node.requestsFor(ONE.cid().toString())).isEqualTo(AGAIN);
        assertNoConnectionIsLeft();
        assertThat(source.find(other.request())).isInstanceOf(ContentAnswer.Found.class);
        assertThat(source.find(other.request())).isInstanceOf(ContentAnswer.Found.class);
        assertThat(node.openConnections()).isOne();
    }

    static Stream<NodeAnswer> endless() {
        return Stream.of(NodeAnswer.impossibleChunk(), NodeAnswer.endlessChunkSize());
    }

    @ParameterizedTest
    @MethodSource("endless")
    void whatNeverEndsOutsideOfTheBodyEndsToo(NodeAnswer answer) throws Exception {
        node.on(ONE.cid().toString(), answer);
        assertFailed(source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request()), ContentFailure.UNAVAILABLE, "Exception");
        assertNoConnectionIsLeft();
    }

    @Test
    void aNodeThatIsAwayIsUnavailable() throws Exception {
        ContentSource source = source(LONGEST_WAIT, LONGEST_WAIT);
        node.close();
        assertFailed(source.find(ONE.request()), ContentFailure.UNAVAILABLE, node.address().toString());
    }

    @Test
    void aClientThatIsClosedAndForgottenTakesItsConnectionsWithIt() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.bytes(BLOCK));
        assertThat(source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request())).isInstanceOf(ContentAnswer.Found.class);
        client.shutdownNow();
        WeakReference<HttpClient> forgotten = new WeakReference<>(client);
        client = null;
        await().atMost(LONGEST_WAIT).until(() -> {
            System.gc();
            return forgotten.get() == null;
        });
    }

    final ContentSource source(Duration firstByte, Duration total) {
        HttpEndpoint endpoint = new HttpEndpoint(node.address(),
                new EndpointBounds(LONGEST_WAIT, firstByte, total, MAX_BYTES));
        client = KuboSource.client(endpoint.bounds());
        return source(endpoint, client, new EndpointCircuitBreaker("node", Clock.systemUTC()));
    }

    /** Asks for something that the node answers so. */
    final void assertAnswerFails(NodeAnswer answer, ContentFailure reason, String detail) throws Exception {
        node.on(ONE.cid().toString(), answer);
        assertFailed(source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request()), reason, detail);
        assertThat(node.requestsFor(ONE.cid().toString())).isPositive();
    }

    final void assertNoConnectionIsLeft() {
        await().untilAsserted(() -> assertThat(node.openConnections()).isZero());
    }

    static void assertFailed(ContentAnswer answer, ContentFailure reason, String detail) {
        assertThat(answer).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.detail()).contains(detail).startsWith("http://127.0.0.1:");
        });
    }
}
