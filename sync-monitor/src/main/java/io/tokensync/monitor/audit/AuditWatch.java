package io.tokensync.monitor.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The findings of the last audit, for whoever asks. */
public final class AuditWatch implements Supplier<AuditView>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditWatch.class);
    private static final Rows SAMPLE = Rows.first(200);

    private final Auditor auditor;
    private final Clock clock;
    private volatile boolean closed;
    private volatile AuditView last = AuditView.RUNNING;

    public AuditWatch(Auditor auditor, Clock clock) {
        this.auditor = auditor;
        this.clock = clock;
    }

    /** Audits. A failure is shown, and the earlier findings stay; so does that of a kind which alone is not answered. */
    public void look() {
        Instant begin = clock.instant();
        try {
            AuditAnswers answers = auditor.find(List.of(FindingKind.values()), SAMPLE);
            answers.unanswered().forEach(missing -> log.atWarn()
                    .setMessage("a finding was not answered, will ask again")
                    .addKeyValue("kind", missing.kind().code()).addKeyValue("reason", missing.reason()).log());
            last = last.after(answers, begin, Duration.between(begin, clock.instant()));
        } catch (AuditException e) {
            if (closed) {
                return;
            }
            log.atWarn().setMessage("could not audit, will try again").setCause(e).log();
            last = last.failed(e.getMessage());
        }
    }

    /** Ends an audit that goes on. */
    @Override
    public void close() {
        closed = true;
        auditor.cancel();
    }

    @Override
    public AuditView get() {
        return last;
    }
}
