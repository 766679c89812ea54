package io.tokensync.enricher.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.testkit.ipfs.NodeAnswer;

import static org.assertj.core.api.Assertions.assertThat;

class GatewaySourceTest extends HttpSourceContract {
    @Override
    ContentSource source(HttpEndpoint endpoint, HttpClient client, EndpointCircuitBreaker breaker) {
        return new GatewaySource(endpoint, client, breaker);
    }

    @Override
    NodeAnswer notHere() {
        return NodeAnswer.status(404, "not found");
    }

    static Stream<Arguments> answers() {
        return Stream.of(Arguments.of(NodeAnswer.status(404, "no"), ContentFailure.NOT_FOUND, "answers 404, no"),
                Arguments.of(NodeAnswer.status(410, ""), ContentFailure.NOT_FOUND, "410"),
                Arguments.of(NodeAnswer.status(412, ""), ContentFailure.NOT_FOUND, "412"),
                Arguments.of(NodeAnswer.status(504, "in vain"), ContentFailure.TIMEOUT, "504, in vain"),
                Arguments.of(NodeAnswer.status(500, "oh"), ContentFailure.UNAVAILABLE, "500"),
                Arguments.of(NodeAnswer.redirect(URI.create("http://192.0.2.1/")), ContentFailure.UNAVAILABLE,
                        "redirects are not followed"),
                Arguments.of(NodeAnswer.huge(1L << 40), ContentFailure.SAID_TOO_LARGE, "more than 10000 bytes"),
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
        assertAnswerFails(answer, reason, detail);
    }

    @Test
    void theRawBlockIsAskedFor() throws Exception {
        source(LONGEST_WAIT, LONGEST_WAIT).find(ONE.request());
        assertThat(node.requests()).containsExactly("GET /ipfs/" + ONE.cid() + "?format=raw HTTP/1.1");
    }
}
