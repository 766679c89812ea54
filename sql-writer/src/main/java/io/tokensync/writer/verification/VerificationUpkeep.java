package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.writer.batch.SqlFailure;

/**
 * Looks now and then at how the nodes stand, since another writer may have verified them, and deletes old verifications. A
 * failure delays nothing but itself: the next time comes.
 */
public final class VerificationUpkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VerificationUpkeep.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration DELETE = Duration.ofHours(1);
    /** So that the verifications do not wait; what is left is deleted the next time. */
    private static final int MOST_DELETIONS = 20;

    private final VerificationStore store;
    private final SqlRunner sql;
    private final VerificationMetrics metrics;
    private final Duration keep;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tokensync-writer-verification-upkeep").factory());
    private Instant deleteAt = Instant.MIN;

    /** @param keep how long a verification stays; 0 for ever */
    public VerificationUpkeep(VerificationStore store, SqlRunner sql, VerificationMetrics metrics, Duration keep,
            Clock clock) {
        this.store = store;
        this.sql = sql;
        this.metrics = metrics;
        this.keep = keep;
        this.clock = clock;
    }

    /** Begins to look now and then. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::lookUntilInterrupted, LOOK.toSeconds(), LOOK.toSeconds(),
                TimeUnit.SECONDS);
    }

    private void lookUntilInterrupted() {
        try {
            look();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atWarn().setMessage("how the nodes stand is not known").setCause(e).log();
        }
    }

    /**
     * Looks, and deletes if it is time.
     *
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    synchronized void look() throws InterruptedException {
        try {
            metrics.standing(sql.once(store::standing));
            if (keep.isPositive() && !clock.instant().isBefore(deleteAt)) {
                deleteAt = clock.instant().plus(DELETE);
                delete(clock.instant().minus(keep));
            }
        } catch (SqlFailure e) {
            log.atDebug().setMessage("how the nodes stand is not known").setCause(e).log();
        }
    }

    private void delete(Instant before) throws InterruptedException {
        try {
            int deleted = 0;
            int last = 1;
            for (int i = 0; i < MOST_DELETIONS && last > 0; i++) {
                last = sql.once(() -> store.deleteSome(before));
                deleted += last;
            }
            if (deleted > 0) {
                log.atInfo().setMessage("deleted verifications older than writer.verify.keep")
                        .addKeyValue("rows", deleted).log();
            }
        } catch (SqlFailure e) {
            log.atWarn().setMessage("cannot delete old verifications, will try again in an hour; the login needs DELETE"
                    + " on dbo.NodeVerifications, or set writer.verify.keep to 0s").addKeyValue("kind", e.kind())
                    .addKeyValue("cause", e.getMessage()).log();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
