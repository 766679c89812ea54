package io.tokensync.writer.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.session.Expiry;

/** Deletes superseded versions, in one pass through the history a day, a part of it at each look. One thread. */
public final class HistoryExpiry implements Expiry {
    private static final Logger log = LoggerFactory.getLogger(HistoryExpiry.class);
    private static final Duration BETWEEN_PASSES = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);
    /** So that session summaries do not wait; what is left comes behind the next batch of them. */
    private static final int MOST_STEPS = 10;

    private final OldVersions versions;
    private final OwnThread thread;
    private final Duration keep;
    private final Clock clock;
    private Instant next;
    private long place = OldVersions.START;
    private long deleted;

    /** @param keep how long a superseded version stays; 0 for ever */
    public HistoryExpiry(OldVersions versions, OwnThread thread, Duration keep, Clock clock) {
        this.versions = versions;
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
        try {
            for (int i = 0; i < MOST_STEPS; i++) {
                OldVersions.Step step = thread.call(() -> versions.deleteSome(now.minus(keep), place));
                deleted += step.deleted();
                place = step.next();
                if (step.isEnd()) {
                    ended(now);
                    return;
                }
            }
        } catch (SqlFailure e) {
            next = now.plus(AFTER_FAILURE);
            log.atWarn()
                    .setMessage(
                            "cannot delete old versions from the history, will try again in an hour; the login needs"
                                    + " DELETE on dbo.TokenHistory, or set writer.history.keep to 0s")
                    .addKeyValue("kind", e.kind())
                    .addKeyValue("cause", e.getMessage()).log();
        }
    }

    private void ended(Instant now) {
        next = now.plus(BETWEEN_PASSES);
        if (deleted > 0) {
            log.atInfo().setMessage("deleted versions that were superseded before writer.history.keep")
                    .addKeyValue("versions", deleted).log();
        }
        deleted = 0;
    }
}
