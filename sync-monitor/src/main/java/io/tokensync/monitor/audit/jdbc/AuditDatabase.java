package io.tokensync.monitor.audit.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Auditor;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;

/** Asks the database, over a connection of its own for each audit: minutes lie between two of them. */
public final class AuditDatabase implements Auditor {
    private final SqlSettings settings;
    private final Duration quiet;
    private final Clock clock;

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
        try (Connection connection = open()) {
            List<Finding> findings = new ArrayList<>();
            for (FindingKind kind : kinds) {
                findings.add(find(connection, kind, rows));
            }
            return findings;
        } catch (SQLException e) {
            // not the driver's text: it may repeat what was asked for, or the address
            throw new AuditException("the database answers with error " + e.getErrorCode() + ", state "
                    + e.getSQLState()
                    + "; the schema must be the current one (tokensync schema validate), and the login "
                    + "must be allowed to SELECT from its views", e);
        }
    }

    private Connection open() throws SQLException {
        Properties login = new Properties();
        settings.user().ifPresent(user -> login.setProperty("user", user));
        settings.password().map(Secret::reveal).ifPresent(password -> login.setProperty("password", password));
        Connection connection = DriverManager.getConnection(settings.url(), login);
        connection.setReadOnly(true);
        return connection;
    }

    private Finding find(Connection connection, FindingKind kind, Rows rows) throws SQLException {
        AuditStatement statement = AuditStatement.of(kind);
        long count = count(connection, statement, kind);
        try (PreparedStatement page = prepare(connection, statement.page())) {
            int next = bind(page, kind);
            page.setLong(next, rows.offset());
            page.setInt(next + 1, rows.limit());
            try (ResultSet found = page.executeQuery()) {
                return new Finding(kind, count, labels(found.getMetaData()), read(found));
            }
        }
    }

    private long count(Connection connection, AuditStatement statement, FindingKind kind) throws SQLException {
        try (PreparedStatement count = prepare(connection, statement.count())) {
            int _ = bind(count, kind);
            try (ResultSet found = count.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        prepared.setQueryTimeout(Math.toIntExact(settings.queryTimeout().toSeconds()));
        return prepared;
    }

    /** Sets the question's own parameters; returns the number of the next one. */
    private int bind(PreparedStatement statement, FindingKind kind) throws SQLException {
        int next = 1;
        if (kind == FindingKind.QUIET_NODES) {
            statement.setLong(next++, quiet.toHours());
        } else if (kind == FindingKind.IMPLAUSIBLE_VERSIONS) {
            VersionBounds bounds = VersionBounds.believedAt(clock.instant());
            for (long bound : new long[]{bounds.record(), bounds.record(), bounds.reading(), bounds.attempt()}) {
                statement.setLong(next++, bound);
            }
        }
        return next;
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
