package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.Expiry;
import io.tokensync.writer.expiry.Retention;

/**
 * Looks now and then at how the nodes stand, since another writer may have verified them, and deletes old verifications. A
 * failure delays nothing but itself: the next time comes.
 */
public final class VerificationUpkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VerificationUpkeep.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final VerificationStore store;
    private final SqlRunner sql;
    private final VerificationMetrics metrics;
    private final Expiry expiry;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tokensync-writer-verification-upkeep").factory());

    /** @param keep how long a verification stays; 0 for ever */
    public VerificationUpkeep(VerificationStore store, SqlRunner sql, VerificationMetrics metrics, Duration keep,
            Clock clock) {
        this.store = store;
        this.sql = sql;
        this.metrics = metrics;
        this.expiry = new Expiry(before -> sql.once(() -> store.deleteSome(before)),
                Retention.ofVerifications(keep), clock);
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
        } catch (SqlFailure e) {
            log.atDebug().setMessage("how the nodes stand is not known").setCause(e).log();
        }
        expiry.look();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
