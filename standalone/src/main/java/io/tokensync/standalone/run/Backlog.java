package io.tokensync.standalone.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.apache.kafka.common.KafkaException;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.publish.Backpressure;

/**
 * Keeps the agents of this process from running ahead: they share its processors with the writer, and whatever they do sooner than
 * it can be written is time that the writer does not have. So they wait while more than {@link #MOST} records do. Not for a
 * stage that stands still: then the topics take what the nodes have, as they do when the stages are on machines of their own.
 */
final class Backlog implements Backpressure {
    /** Two transactions of the writer: one that it writes, and one to be had at once. */
    static final long MOST = 60_000;
    /** The broker is asked behind so many: it has to answer ten questions. */
    static final int PART = 10_000;
    /** Longer than anything takes that goes on. */
    static final Duration STANDSTILL = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Look look;
    private final Clock clock;
    private final Sleeper sleeper;
    private int published = PART;
    private long done = -1;
    private Instant moved = Instant.MIN;

    /**
     * How far the stages behind the agents are.
     *
     * @param waiting offsets that are published and not in the table, marks of transactions included
     * @param done a number that grows whenever one of them has got on
     */
    record State(long waiting, long done) {}

    /** Finds it out. */
    @FunctionalInterface
    interface Look {
        State look() throws InterruptedException;
    }

    Backlog(Look look, Clock clock, Sleeper sleeper) {
        this.look = look;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** One agent after the other: what holds up one holds up all. */
    @Override
    public synchronized void await(int records) throws InterruptedException {
        published += records;
        if (published <= PART) {
            return;
        }
        published = 0;
        while (isTooMuch()) {
            sleeper.sleep(LOOK);
        }
    }

    private boolean isTooMuch() throws InterruptedException {
        try {
            State state = look.look();
            Instant now = clock.instant();
            if (state.done() != done) {
                done = state.done();
                moved = now;
            }
            return state.waiting() > MOST && Duration.between(moved, now).compareTo(STANDSTILL) < 0;
        } catch (KafkaException _) {
            return false; // whoever publishes next finds out, and says so
        }
    }
}
