package io.tokensync.enricher.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.LimitedSource;
import io.tokensync.testkit.ipfs.NodeAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KuboSourceTest extends HttpSourceContract {
    @Override
    ContentSource source(HttpEndpoint endpoint, HttpClient client, EndpointCircuitBreaker breaker) {
        return new KuboSource(endpoint, KuboLookup.LOCAL, client, breaker);
    }

    @Override
    NodeAnswer notHere() {
        return NodeAnswer.notHere();
    }

    static Stream<Arguments> answersAtOnce() {
        return Stream.of(
                Arguments.of(NodeAnswer.notHere(), ContentFailure.NOT_FOUND, "answers 500, block was not found"),
                Arguments.of(NodeAnswer.status(404, "404 page not found"), ContentFailure.NOT_FOUND, "404"),
                Arguments.of(NodeAnswer.kuboError("context deadline exceeded"), ContentFailure.UNAVAILABLE, "deadline"),
                Arguments.of(NodeAnswer.status(502, "<html>\nbad gateway"), ContentFailure.UNAVAILABLE, "answers 502"),
                Arguments.of(NodeAnswer.status(403, "403 - Forbidden"), ContentFailure.UNAVAILABLE, "answers 403"),
                Arguments.of(NodeAnswer.redirect(URI.create("http://192.0.2.1/")), ContentFailure.UNAVAILABLE,
                        "redirects are not followed"),
                Arguments.of(NodeAnswer.huge(1L << 40), ContentFailure.SAID_TOO_LARGE, "more than 10000 bytes"),
                Arguments.of(NodeAnswer.endless(), ContentFailure.SAID_TOO_LARGE, "more than 10000 bytes"),
                Arguments.of(NodeAnswer.truncated(BLOCK), ContentFailure.UNAVAILABLE, "IOException"),
                Arguments.of(NodeAnswer.reset(), ContentFailure.UNAVAILABLE, "Exception"),
                Arguments.of(NodeAnswer.garbage(), ContentFailure.UNAVAILABLE, "Exception"));
    }

    @ParameterizedTest
    @MethodSource("answersAtOnce")
    void everyBadAnswerHasItsReason(NodeAnswer answer, ContentFailure reason, String detail) throws Exception {
        assertAnswerFails(answer, reason, detail);
    }

    @Test
    void wrongBytesAreHandedOnForVerification() throws Exception {
        node.on(ONE.cid().toString(), NodeAnswer.truncatedUnnoticed(BLOCK));
        assertThat(source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request())).isInstanceOfSatisfying(Found.class,
                found -> assertThat(ONE.cid().hashes(found.block().bytes())).isFalse());
    }

    @Test
    void anInterruptEndsTheWait() {
        node.on(ONE.cid().toString(), NodeAnswer.silence());
        ContentSource source = source(LONGEST_WAIT, LONGEST_WAIT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentAnswer> answer = threads.submit(() -> source.find(ONE.request()));
            await().until(() -> node.requestsFor(ONE.cid().toString()) == 1);
            answer.cancel(true);
        }
        assertNoConnectionIsLeft();
    }

    @Test
    void aNodeIsNotAskedMoreOftenAtATimeThanItMay() throws Exception {
        node.otherwise(NodeAnswer.notHere().after(Duration.ofMillis(5)));
        ContentSource limited = new LimitedSource(source(LONGEST_WAIT, LONGEST_WAIT), 4, LONGEST_WAIT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ContentAnswer> question = () -> limited.find(ONE.request());
            for (Future<ContentAnswer> answer : threads.invokeAll(Collections.nCopies(40, question))) {
                assertFailed(answer.get(), ContentFailure.NOT_FOUND, "not found");
            }
        }
        assertThat(node.requests()).hasSize(40);
        assertThat(node.mostInFlight()).isBetween(1, 4);
    }

    @Test
    void ownBlocksAreAskedForOffline() throws Exception {
        source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request());
        assertThat(node.requests())
                .containsExactly("POST /api/v0/block/get?arg=" + ONE.cid() + "&offline=true HTTP/1.1");
    }

    @Test
    void theNodeIsToldHowLongToSearch() throws Exception {
        HttpEndpoint endpoint = new HttpEndpoint(node.address(),
                new EndpointBounds(LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT, 1_000));
        EndpointCircuitBreaker breaker = new EndpointCircuitBreaker("node", Clock.systemUTC());
        try (HttpClient client = KuboSource.client(endpoint.bounds())) {
            new KuboSource(endpoint, KuboLookup.NETWORK, client, breaker).find(ONE.request());
        }
        assertThat(node.requests())
                .containsExactly("POST /api/v0/block/get?arg=" + ONE.cid() + "&timeout=30000ms HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "file:///etc/passwd", "http:///api", "http://user:secret@host:5001",
            "http://host/?a=b",
            "http://host/#x", "mailto:a@b"})
    void anAddressThatIsNoApiIsRejected(String address) {
        URI uri = URI.create(address);
        assertThatThrownBy(() -> new HttpEndpoint(uri, new EndpointBounds(LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT, 1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("IPFS API or gateway address")
                .hasMessageNotContaining("secret");
    }

    @Test
    void noTimeoutMayBeLeftOut() {
        assertThatThrownBy(() -> new EndpointBounds(LONGEST_WAIT, Duration.ZERO, LONGEST_WAIT, 1))
                .hasMessageContaining("first-byte-timeout");
    }
}
