package io.tokensync.enricher.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.http.EndpointCircuitBreaker.Position;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CircuitBreakingSourceTest {
    private final HandClock clock = new HandClock(Instant.parse("2000-01-01T00:00:00Z"));
    private final EndpointCircuitBreaker breaker = new EndpointCircuitBreaker("http://node:5001", clock);
    private ContentAnswer answer = failed(ContentFailure.NOT_FOUND);
    private int asked;
    private final ContentSource source = new CircuitBreakingSource(request -> {
        asked++;
        return answer;
    }, "http://node:5001", breaker, EnumSet.of(ContentFailure.UNAVAILABLE));

    @Test
    void anEndpointThatHasNoBlocksIsAskedAgainAndAgain() throws Exception {
        ask(200);
        assertThat(asked).isEqualTo(200);
        assertThat(breaker.position()).isEqualTo(Position.CLOSED);
    }

    @Test
    void anEndpointInTroubleIsSparedAndThenTriedOut() throws Exception {
        answer = failed(ContentFailure.UNAVAILABLE);
        ask(200);
        assertThat(asked).isEqualTo(20);
        assertThat(breaker.position()).isEqualTo(Position.OPEN);
        clock.advance(Duration.ofSeconds(6));
        answer = failed(ContentFailure.NOT_FOUND);
        ask(200);
        assertThat(asked).isEqualTo(220);
        assertThat(breaker.position()).isEqualTo(Position.CLOSED);
    }

    @Test
    void aBurstOfSilenceAtABusyEndpointIsNoTrouble() throws Exception {
        ask(300);
        answer = failed(ContentFailure.UNAVAILABLE);
        ask(250);
        assertThat(breaker.position()).isEqualTo(Position.CLOSED);
        clock.advance(Duration.ofSeconds(6));
        ask(250);
        assertThat(breaker.position()).isEqualTo(Position.OPEN);
        assertThat(asked).isEqualTo(570);
    }

    @Test
    void anEndpointThatIsStillInTroubleIsSparedAgain() throws Exception {
        answer = failed(ContentFailure.UNAVAILABLE);
        ask(30);
        clock.advance(Duration.ofSeconds(6));
        ask(30);
        assertThat(asked).isEqualTo(25);
    }

    @Test
    void anEndpointThatAsksForItIsLeftAloneForAsLong() throws Exception {
        breaker.leaveAlone(Duration.ofSeconds(60));
        breaker.leaveAlone(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(59));
        ask(10);
        assertThat(asked).isZero();
        clock.advance(Duration.ofSeconds(2));
        ask(10);
        assertThat(asked).isEqualTo(10);
    }

    @Test
    void aRequestThatIsGivenUpIsNoTrial() throws Exception {
        breaker.leaveAlone(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));
        ContentSource interrupted = new CircuitBreakingSource(_ -> {
            throw new InterruptedException();
        }, "node", breaker, EnumSet.noneOf(ContentFailure.class));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> interrupted.find(Sample.of("x").request()))
                    .isInstanceOf(InterruptedException.class);
        }
        ask(10);
        assertThat(asked).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"5,5", "0,1", "301,300", "99999999999999,300", "'Sat, 01 Jan 2000 00:00:30 GMT',30",
            "'Fri, 31 Dec 1999 00:00:00 GMT',1", "soon,", "-3,", "'',"})
    void theHeaderIsSecondsOrADate(String text, Long seconds) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(text)), (_, _) -> true);
        assertThat(RetryAfter.of(headers, clock).map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    }

    private void ask(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(source.find(Sample.of("x").request())).isInstanceOf(ContentAnswer.Failed.class);
        }
    }

    private static ContentAnswer failed(ContentFailure reason) {
        return new ContentAnswer.Failed(reason, "test");
    }
}
