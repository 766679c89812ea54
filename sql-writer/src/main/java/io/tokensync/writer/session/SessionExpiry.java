package io.tokensync.writer.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Ends the rows of old sessions, now and then, between the batches of session summaries. A failure delays nothing but
 * itself: it is said, and the next time comes. One thread.
 */
public final class SessionExpiry implements Expiry {
    private static final Logger log = LoggerFactory.getLogger(SessionExpiry.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** So that session summaries do not wait; what is left is deleted behind the next batch of them. */
    private static final int MOST_DELETIONS = 10;

    private final EndedSessions sessions;
    private final OwnThread thread;
    private final Duration keep;
    private final Clock clock;
    private Instant next;

    /** @param keep how long the row of a session stays after its end; 0 for ever */
    public SessionExpiry(EndedSessions sessions, OwnThread thread, Duration keep, Clock clock) {
        this.sessions = sessions;
        this.thread = thread;
        this.keep = keep;
        this.clock = clock;
        this.next = clock.instant();
    }

    @Override
    public void look() throws InterruptedException {
        Instant now = clock.instant();
        if (!keep.isPositive() || now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        try {
            int deleted = 0;
            int last = 1;
            for (int i = 0; i < MOST_DELETIONS && last > 0; i++) {
                last = thread.call(() -> sessions.deleteSome(now.minus(keep)));
                deleted += last;
            }
            if (last > 0) {
                next = now;
            }
            if (deleted > 0) {
                log.atInfo().setMessage("deleted rows of sessions that ended before writer.sessions.keep")
                        .addKeyValue("rows", deleted).log();
            }
        } catch (SqlFailure e) {
            log.atWarn().setMessage("cannot delete the rows of old sessions, will try again in an hour; the login needs"
                    + " DELETE on dbo.SyncSessions, or set writer.sessions.keep to 0s").addKeyValue("kind", e.kind())
                    .addKeyValue("cause", e.getMessage()).log();
        }
    }
}
