package io.tokensync.monitor.audit.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.jdbc.FailedQuery;
import io.tokensync.common.jdbc.QueryTimeout;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Auditor;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.KindAnswer;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.Unanswered;

/** Asks the database, over a connection of its own for each audit: minutes lie between two of them. */
public final class AuditDatabase implements Auditor {
    private static final Logger log = LoggerFactory.getLogger(AuditDatabase.class);
    /** How long an answer is waited for that needs no table. */
    private static final int ALIVE_SECONDS = 10;

    private final SqlSettings settings;
    private final Duration quiet;
    private final Clock clock;
    private final String moreTime;
    private volatile boolean cancelled;
    private volatile QueryTimeout asking;

    /**
     * @param settings where it is; its query timeout is how long a statement may take
     * @param quiet after how long without news a node counts as quiet; whole hours
     * @param clock for versions ahead of it
     * @param moreTime what to do when that is too short, such as "allow more with --timeout"
     */
    public AuditDatabase(SqlSettings settings, Duration quiet, Clock clock, String moreTime) {
        this.settings = settings;
        this.quiet = quiet;
        this.clock = clock;
        this.moreTime = moreTime;
    }

    /** For the monitor, whose configuration has the timeout. */
    public AuditDatabase(SqlSettings settings, Duration quiet, Clock clock) {
        this(settings, quiet, clock, "allow more with query-timeout (monitor.sql.query-timeout)");
    }

    @Override
    public AuditAnswers find(List<FindingKind> kinds, Rows rows) throws AuditException {
        try (QueryTimeout timeout = begin(); Connection connection = SqlConnections.openToRead(settings)) {
            AuditQuestions questions = new AuditQuestions(connection, settings, timeout, clock.instant(), quiet);
            List<KindAnswer> answers = new ArrayList<>();
            for (FindingKind kind : kinds) {
                answers.add(answer(questions, kind, rows, connection));
            }
            return together(new AuditAnswers(answers));
        } catch (SQLException e) {
            throw new AuditException(reason(e), e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        QueryTimeout running = asking;
        if (running != null) {
            running.close();
        }
    }

    private QueryTimeout begin() {
        QueryTimeout timeout = new QueryTimeout(settings.queryTimeout());
        asking = timeout;
        if (cancelled) {
            timeout.close();
        }
        return timeout;
    }

    /** A kind that is not answered costs the others nothing, unless nobody is there any more who would answer them. */
    private KindAnswer answer(AuditQuestions questions, FindingKind kind, Rows rows, Connection connection)
            throws AuditException {
        try {
            return questions.find(kind, rows);
        } catch (SQLException e) {
            if (cancelled || !isAlive(connection)) {
                throw new AuditException("asked for " + kind.code() + ", " + reason(e), e);
            }
            log.atDebug().setMessage("a finding was not answered").addKeyValue("kind", kind.code()).setCause(e).log();
            return new Unanswered(kind, reason(e));
        }
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(ALIVE_SECONDS);
        } catch (SQLException e) {
            log.atDebug().setMessage("the connection is lost").setCause(e).log();
            return false;
        }
    }

    /** What no kind at all was answered for, all for one reason, is said once. */
    private static AuditAnswers together(AuditAnswers answers) throws AuditException {
        List<String> reasons = answers.unanswered().stream().map(Unanswered::reason).distinct().toList();
        if (answers.each().size() > 1 && answers.findings().isEmpty() && reasons.size() == 1) {
            throw new AuditException("asked for each of " + answers.each().size() + " kinds of findings, "
                    + reasons.getFirst(), null);
        }
        return answers;
    }

    private String reason(SQLException e) {
        if (e instanceof SQLTimeoutException) {
            return "the database took longer than " + settings.queryTimeout().toSeconds() + " s; " + moreTime;
        }
        return FailedQuery.describe(e);
    }
}
