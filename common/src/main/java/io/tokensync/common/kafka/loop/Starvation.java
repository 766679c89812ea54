package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.apache.kafka.common.errors.TimeoutException;

/**
 * Ends a membership that is given nothing although records wait for it: a partition without a leader, or a consumer gone
 * dumb.
 */
final class Starvation {
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final Clock clock;
    private Instant since;

    Starvation(Clock clock) {
        this.clock = clock;
    }

    /**
     * To be called in each round.
     *
     * @param starving whether there are records for this member, while it has none in its hands
     * @throws TimeoutException when that has been so for too long
     */
    void look(boolean starving) {
        if (!starving) {
            since = null;
        } else if (since == null) {
            since = clock.instant();
        } else if (Duration.between(since, clock.instant()).compareTo(BOUND) > 0) {
            throw new TimeoutException("records are waiting, and the brokers have given out none for "
                    + BOUND.toSeconds() + " s; see that all partitions have a leader");
        }
    }
}
