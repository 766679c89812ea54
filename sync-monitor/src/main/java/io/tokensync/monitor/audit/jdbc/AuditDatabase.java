package io.tokensync.monitor.audit.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Auditor;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;

/** Asks the database, over a connection of its own for each audit: minutes lie between two of them. */
public final class AuditDatabase implements Auditor {
    private static final Logger log = LoggerFactory.getLogger(AuditDatabase.class);
    /** The standard's SQLSTATE of a query that was cancelled. */
    private static final String CANCELLED = "57014";
    private static final String HISTORY = "TokenHistory";
    /** How long a clock that was off counts as one that is off. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final SqlSettings settings;
    private final Duration quiet;
    private final Clock clock;
    private volatile boolean cancelled;
    private volatile Statement asking;

    /**
     * @param quiet after how long without news a node counts as quiet; whole hours
     * @param clock for versions ahead of it
     */
    public AuditDatabase(SqlSettings settings, Duration quiet, Clock clock) {
        this.settings = settings;
        this.quiet = quiet;
        this.clock = clock;
    }

    @Override
    public List<Finding> find(List<FindingKind> kinds, Rows rows) throws AuditException {
        String asked = "";
        try (Connection connection = SqlConnections.openToRead(settings)) {
            List<Finding> findings = new ArrayList<>();
            boolean history = hasHistory(connection);
            for (FindingKind kind : kinds) {
                asked = ", asked for " + kind.code();
                findings.add(find(connection, kind, rows, history));
            }
            return findings;
        } catch (SQLTimeoutException e) {
            throw new AuditException(
                    "the database took longer than " + settings.queryTimeout().toSeconds() + " s" + asked
                            + "; allow more with query-timeout (monitor.sql.query-timeout)",
                    e);
        } catch (SQLException e) {
            // not the driver's text: it may repeat what was asked for, or the address
            throw new AuditException("the database answers with error " + e.getErrorCode() + ", state "
                    + e.getSQLState() + asked
                    + "; the schema must be the current one (tokensync schema validate), and the login "
                    + "must be allowed to SELECT from its views", e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        Statement statement = asking;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                log.atDebug().setMessage("the audit could not be cancelled").setCause(e).log();
            }
        }
    }

    private Finding find(Connection connection, FindingKind kind, Rows rows, boolean history) throws SQLException {
        Optional<AuditStatement> question = AuditStatement.of(kind, settings.dialect(), history);
        if (question.isEmpty()) {
            return new Finding(kind, 0, List.of(), List.of());
        }
        AuditStatement statement = question.get();
        long count = count(connection, statement, kind);
        if (count == 0) {
            return new Finding(kind, 0, List.of(), List.of());
        }
        try (PreparedStatement page = prepare(connection, statement.page())) {
            int next = bind(page, kind, statement.parameters());
            page.setLong(next, rows.offset());
            page.setInt(next + 1, rows.limit());
            try (ResultSet found = page.executeQuery()) {
                return new Finding(kind, count, labels(found.getMetaData()), read(found));
            }
        }
    }

    /** A login that may not read it has none either. */
    private boolean hasHistory(Connection connection) throws SQLException {
        try (PreparedStatement asked = prepare(connection, settings.dialect().existence())) {
            asked.setString(1, HISTORY);
            try (ResultSet found = asked.executeQuery()) {
                found.next();
                return found.getLong(1) > 0;
            }
        }
    }

    private long count(Connection connection, AuditStatement statement, FindingKind kind) throws SQLException {
        try (PreparedStatement count = prepare(connection, statement.count())) {
            int _ = bind(count, kind, statement.parameters());
            try (ResultSet found = count.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        prepared.setQueryTimeout(Math.toIntExact(settings.queryTimeout().toSeconds()));
        asking = prepared;
        if (cancelled) {
            prepared.close();
            throw new SQLException("the audit has been cancelled", CANCELLED);
        }
        return prepared;
    }

    /** Sets the question's own parameters; returns the number of the next one. */
    private int bind(PreparedStatement statement, FindingKind kind, int parameters) throws SQLException {
        VersionBounds bounds = VersionBounds.believedAt(clock.instant());
        for (int at = 0; at < parameters; at++) {
            statement.setLong(at + 1, switch (kind) {
                case QUIET_NODES, DID_ON_SEVERAL_MACHINES -> quiet.toHours();
                case CLOCK_OFF -> clock.instant().minus(RECENT).getEpochSecond();
                case IMPLAUSIBLE_VERSIONS -> switch (at) {
                    case 2 -> bounds.reading();
                    case 3 -> bounds.attempt();
                    default -> bounds.record();
                };
                default -> throw new IllegalStateException("nobody sets the parameters of " + kind.code());
            });
        }
        return parameters + 1;
    }

    private static List<String> labels(ResultSetMetaData meta) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            labels.add(meta.getColumnLabel(column));
        }
        return labels;
    }

    private static List<List<String>> read(ResultSet found) throws SQLException {
        int columns = found.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(found.getString(column));
            }
            rows.add(row);
        }
        return rows;
    }
}
