package io.tokensync.monitor.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.tokensync.common.session.SyncSession;

/** Rows of the stages in the last minute, by the growth of the session summaries. Thread-safe. */
final class StageRates {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Growth> last = new ArrayDeque<>();

    /** Rows that came to a session summary. */
    record Growth(Instant at, long scanned, long enriched, long written) {}

    synchronized void add(SyncSession before, SyncSession after, Instant at) {
        last.addLast(new Growth(at, after.scan().published() - (before == null ? 0 : before.scan().published()),
                after.enriched().rows() - (before == null ? 0 : before.enriched().rows()),
                after.written().rows() - (before == null ? 0 : before.written().rows())));
        forgetBefore(at.minus(WINDOW));
    }

    /** Rows per second, all stages. */
    synchronized double[] perSecond(Instant now) {
        forgetBefore(now.minus(WINDOW));
        double seconds = WINDOW.toSeconds();
        return new double[]{last.stream().mapToLong(Growth::scanned).sum() / seconds,
                last.stream().mapToLong(Growth::enriched).sum() / seconds,
                last.stream().mapToLong(Growth::written).sum() / seconds};
    }

    private void forgetBefore(Instant start) {
        while (!last.isEmpty() && last.getFirst().at().isBefore(start)) {
            last.removeFirst();
        }
    }
}
