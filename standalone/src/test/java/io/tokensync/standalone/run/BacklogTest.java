package io.tokensync.standalone.run;

import java.time.Duration;
import java.time.Instant;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.tokensync.standalone.run.Backlog.State;
import io.tokensync.testkit.time.HandClock;

import static io.tokensync.standalone.run.Backlog.MOST;
import static io.tokensync.standalone.run.Backlog.PART;
import static io.tokensync.standalone.run.Backlog.STANDSTILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BacklogTest {
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    private long waiting;
    private long done;
    /** Records that are worked off while the agent sleeps once. */
    private long workedOff;
    private int looks;
    private final HandClock clock = new HandClock(START);
    private final Backlog backlog = new Backlog(this::look, clock, this::sleep);

    private State look() {
        looks++;
        return new State(waiting, done);
    }

    private void sleep(Duration time) {
        clock.advance(time);
        waiting -= workedOff;
        done += workedOff;
    }

    @Test
    void asLongAsFewWaitNobodyDoes() throws InterruptedException {
        waiting = MOST;
        backlog.await(1);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void whoWouldRunAheadWaitsUntilEnoughIsWorkedOff() throws InterruptedException {
        waiting = MOST + 500;
        workedOff = 100;
        backlog.await(1);
        assertThat(waiting).isEqualTo(MOST);
        assertThat(clock.instant()).isAfter(START);
    }

    @Test
    void theBrokerIsAskedAtTheBeginningAndThenBehindEachPart() throws InterruptedException {
        backlog.await(1);
        for (int i = 0; i < 10; i++) {
            backlog.await(PART / 10);
        }
        assertThat(looks).isEqualTo(1);
        backlog.await(1);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void forAStageThatStandsStillNobodyWaitsForLongAndThenNotAtAll() throws InterruptedException {
        waiting = 10 * MOST;
        backlog.await(1);
        assertThat(clock.instant()).isEqualTo(START.plus(STANDSTILL));
        backlog.await(PART + 1);
        assertThat(clock.instant()).isEqualTo(START.plus(STANDSTILL));
    }

    @Test
    void whenItGoesOnItIsWaitedForAgain() throws InterruptedException {
        waiting = MOST + 1000;
        backlog.await(1);
        workedOff = 100;
        done++;
        backlog.await(PART + 1);
        assertThat(waiting).isEqualTo(MOST);
    }

    @Test
    void whatTheBrokerDoesNotAnswerHoldsNobodyUp() throws InterruptedException {
        Backlog unknown = new Backlog(() -> {
            throw new TimeoutException("no answer");
        }, clock, this::sleep);
        unknown.await(1);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void closingEndsTheWait() {
        waiting = MOST + 1;
        Backlog closing = new Backlog(this::look, clock, _ -> {
            throw new InterruptedException("closed");
        });
        assertThatThrownBy(() -> closing.await(1)).isInstanceOf(InterruptedException.class);
    }
}
