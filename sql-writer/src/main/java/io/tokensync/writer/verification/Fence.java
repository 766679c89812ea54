package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;

/**
 * Waits until all that had been published when it was asked is in the table. Each stage commits its offsets together with its
 * output, or behind it: when the enrichers have committed the end that {@code tokens.scanned} had, their output is on {@code
 * tokens.enriched}, and when the writers have committed the end that this topic had then, it is in the table. The ends are those
 * of all that is written, also of transactions that are open: none is overlooked. One thread passes.
 */
public final class Fence {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A stage that commits nothing for so long does not work any more, and then to wait is no matter of course. */
    private static final Duration STUCK = Duration.ofMinutes(15);

    private final List<Hop> hops;
    private final Offsets offsets;
    private final StageStatus status;
    private final Sleeper sleeper;
    private final Clock clock;
    private volatile Waiting waiting;

    /**
     * A stage that has to have worked off its topic.
     *
     * @param group its consumers
     * @param topic what they read
     */
    public record Hop(String group, String topic) {}

    /** How far a stage is, for as long as it takes to know. */
    @FunctionalInterface
    public interface Offsets {
        List<PartitionLag> of(Hop hop) throws InterruptedException;
    }

    private record Waiting(String what, Instant moved) {}

    /**
     * @param hops in the order in which records pass them
     * @param status of the loop that waits, which says for what
     */
    public Fence(List<Hop> hops, Offsets offsets, StageStatus status, Sleeper sleeper, Clock clock) {
        this.hops = List.copyOf(hops);
        this.offsets = offsets;
        this.status = status;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /**
     * Waits, for as long as an outage or a backlog lasts.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void pass() throws InterruptedException {
        try {
            for (Hop hop : hops) {
                await(hop);
            }
        } finally {
            waiting = null;
        }
        status.running();
    }

    /** What it waits for; empty when it does not. */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(waiting).map(Waiting::what);
    }

    /** Whether it waits for a stage that gets on: then nothing is wrong. */
    public boolean isMoving() {
        Waiting now = waiting;
        return now != null && now.moved().plus(STUCK).isAfter(clock.instant());
    }

    private void await(Hop hop) throws InterruptedException {
        List<PartitionLag> lags = offsets.of(hop);
        Map<TopicPartition, Long> targets = new HashMap<>();
        lags.forEach(lag -> targets.put(lag.partition(), lag.written()));
        Instant moved = clock.instant();
        Duration pause = FIRST_PAUSE;
        long left = left(lags, targets);
        while (left > 0) {
            waiting = new Waiting(String.format(Locale.ROOT,
                    "nodes are verified when %s has worked off %,d more offsets of %s", hop.group(), left, hop.topic()),
                    moved);
            status.waiting(FailureKind.TRANSIENT, waiting.what());
            sleeper.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            long now = left(offsets.of(hop), targets);
            moved = now < left ? clock.instant() : moved;
            left = now;
        }
    }

    /** Offsets up to the targets; a topic that was made anew has no more than it has now. */
    private static long left(List<PartitionLag> lags, Map<TopicPartition, Long> targets) {
        return lags.stream().mapToLong(lag -> Math.max(0,
                Math.min(targets.getOrDefault(lag.partition(), 0L), lag.written()) - lag.committed())).sum();
    }
}
