package io.tokensync.writer.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows.Deleted;

/**
 * Deletes what is older than it is kept, now and then, some of it at each look, so that nobody waits. A failure delays nothing
 * but itself: it is said, and the next time comes. One thread.
 */
public final class Expiry {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);
    /** What is left is deleted at the next look. */
    private static final int MOST_STEPS = 10;

    private final OldRows rows;
    private final Retention retention;
    private final Clock clock;
    private Instant next;
    private long deleted;

    public Expiry(OldRows rows, Retention retention, Clock clock) {
        this.rows = rows;
        this.retention = retention;
        this.clock = clock;
        this.next = clock.instant();
    }

    /**
     * Deletes some if it is time.
     *
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    public void look() throws InterruptedException {
        Instant now = clock.instant();
        if (!retention.keep().isPositive() || now.isBefore(next)) {
            return;
        }
        try {
            boolean last = false;
            for (int i = 0; i < MOST_STEPS && !last; i++) {
                Deleted some = rows.deleteSome(now.minus(retention.keep()));
                deleted += some.rows();
                last = some.isLast();
            }
            if (last) {
                ended(now);
            }
        } catch (SqlFailure e) {
            next = now.plus(AFTER_FAILURE);
            log.atWarn()
                    .setMessage("cannot delete old " + retention.what() + ", will try again in an hour; the login needs"
                            + " DELETE on dbo." + retention.table() + ", or set " + retention.key() + " to 0s")
                    .addKeyValue("kind", e.kind()).addKeyValue("cause", e.getMessage()).log();
        }
    }

    private void ended(Instant now) {
        next = now.plus(retention.every());
        if (deleted > 0) {
            log.atInfo().setMessage("deleted " + retention.what() + " older than " + retention.key())
                    .addKeyValue("rows", deleted).log();
        }
        deleted = 0;
    }
}
