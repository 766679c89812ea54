package io.tokensync.common.retry;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;

/** A retrier whose clock moves only while it waits, and what was seen of it. */
final class RetrierRig {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<Duration> slept = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    Instant now = START;
    final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    final StageStatus status = new StageStatus(clock);

    /** A failure that says itself what it is. */
    static final class Failure extends IOException {
        final FailureKind kind;

        Failure(FailureKind kind) {
            super("it failed");
            this.kind = kind;
        }
    }

    private final class Hearing implements RetryListener {
        @Override
        public void failed(FailureKind kind, Exception failure, Duration wait) {
            heard.add("failed " + kind + " after " + slept.size());
        }

        @Override
        public void conflictsUsedUp() {
            heard.add("conflicts used up");
        }

        @Override
        public void recovered(Duration outage) {
            heard.add("recovered");
        }
    }

    Retrier retrier() {
        return retrier(_ -> {});
    }

    Retrier retrier(Sleeper sleeper) {
        return retrier(sleeper, new Hearing());
    }

    Retrier retrier(Sleeper sleeper, RetryListener listener) {
        return new Retrier(RetryPolicy.standard(), e -> ((Failure) e).kind, status, listener, clock, wait -> {
            sleeper.sleep(wait);
            slept.add(wait);
        }, new SplittableRandom(7));
    }

    /** Sleeps by moving the clock. */
    void pass(Duration wait) {
        now = now.plus(wait);
    }

    /** Fails so many times, then says "done". */
    static Callable<String> failing(int times, FailureKind kind) {
        int[] left = {times};
        return () -> {
            if (left[0]-- > 0) {
                throw new Failure(kind);
            }
            return "done";
        };
    }
}
