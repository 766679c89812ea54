package io.tokensync.enricher.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.ContentSourceContract;
import io.tokensync.enricher.content.Sample;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GatewaySourceTest extends ContentSourceContract {
    private static final Sample ONE = Sample.of("002" + "c".repeat(64));
    private static final byte[] BLOCK = ONE.block().bytes();
    private static final int MAX_BYTES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofMillis(150);

    private final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private HttpClient client;

    @AfterEach
    void close() {
        node.close();
        if (client != null) {
            client.shutdownNow();
        }
    }

    @Override
    protected ContentSource sourceWith(List<Sample> samples) {
        node.otherwise(NodeAnswer.status(404, "not found"));
        samples.forEach(sample -> node.on(sample.cid().toString(), NodeAnswer.bytes(sample.block().bytes())));
        return source(PATIENCE, PATIENCE);
    }

    static Stream<Arguments> answers() {
        return Stream.of(Arguments.of(NodeAnswer.status(404, "no"), ContentFailure.NOT_FOUND, "answers 404, no"),
                Arguments.of(NodeAnswer.status(410, ""), ContentFailure.NOT_FOUND, "410"),
                Arguments.of(NodeAnswer.status(412, ""), ContentFailure.NOT_FOUND, "412"),
                Arguments.of(NodeAnswer.status(504, "in vain"), ContentFailure.TIMEOUT, "504, in vain"),
                Arguments.of(NodeAnswer.status(500, "oh"), ContentFailure.UNAVAILABLE, "500"),
                Arguments.of(NodeAnswer.redirect(URI.create("http://192.0.2.1/")), ContentFailure.UNAVAILABLE,
                        "redirects are not followed"),
                Arguments.of(NodeAnswer.huge(1L << 40), ContentFailure.TOO_LARGE, "more than 10000 bytes"),
                Arguments.of(NodeAnswer.truncated(BLOCK), ContentFailure.UNAVAILABLE, "IOException"),
                Arguments.of(NodeAnswer.busy(429, "7"), ContentFailure.THROTTLED, "not asked for 7 s"),
                Arguments.of(NodeAnswer.busy(429, null), ContentFailure.THROTTLED, "not asked for 1 s"),
                Arguments.of(NodeAnswer.busy(503, "3600"), ContentFailure.THROTTLED, "not asked for 300 s"),
                Arguments.of(NodeAnswer.busy(503, null), ContentFailure.UNAVAILABLE, "answers 503"),
                Arguments.of(NodeAnswer.reset(), ContentFailure.UNAVAILABLE, "Exception"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyBadAnswerHasItsReason(NodeAnswer answer, ContentFailure reason, String detail) throws Exception {
        node.on(ONE.cid().toString(), answer);
        assertThat(source(PATIENCE, PATIENCE).find(ONE.request())).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.detail()).contains(detail).startsWith("http://127.0.0.1:");
        });
    }

    @Test
    void aGatewayThatStopsMidwayIsNotWaitedFor() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.stallMidway(BLOCK));
        assertThat(source(PATIENCE, IMPATIENCE).find(ONE.request())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.TIMEOUT));
        await().untilAsserted(() -> assertThat(node.openConnections()).isZero());
    }

    @Test
    void theRawBlockIsAskedFor() throws Exception {
        source(PATIENCE, PATIENCE).find(ONE.request());
        assertThat(node.requests()).containsExactly("GET /ipfs/" + ONE.cid() + "?format=raw HTTP/1.1");
    }

    private ContentSource source(Duration firstByte, Duration total) {
        HttpEndpoint endpoint = new HttpEndpoint(node.address(),
                new HttpBounds(PATIENCE, firstByte, total, MAX_BYTES));
        client = KuboSource.client(endpoint.bounds());
        return new GatewaySource(endpoint, client, new EndpointBreaker("gateway", Clock.systemUTC()));
    }
}
