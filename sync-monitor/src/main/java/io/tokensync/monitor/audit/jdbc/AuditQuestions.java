package io.tokensync.monitor.audit.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.QueryTimeout;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;

/** The questions of one audit, over one connection. */
final class AuditQuestions {
    private static final String HISTORY = "TokenHistory";
    /** How long a clock that was off counts as one that is off. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final Connection connection;
    private final SqlSettings settings;
    private final QueryTimeout timeout;
    private final Instant now;
    private final Duration quiet;
    private final boolean history;

    /**
     * @param timeout of each statement
     * @param now for versions ahead of it
     * @param quiet after how long without news a node counts as quiet
     */
    AuditQuestions(Connection connection, SqlSettings settings, QueryTimeout timeout, Instant now, Duration quiet)
            throws SQLException {
        this.connection = connection;
        this.settings = settings;
        this.timeout = timeout;
        this.now = now;
        this.quiet = quiet;
        this.history = hasHistory();
    }

    /** Asks for one kind. */
    Finding find(FindingKind kind, Rows rows) throws SQLException {
        Optional<AuditStatement> question = AuditStatement.of(kind, settings.dialect(), history);
        if (question.isEmpty()) {
            return new Finding(kind, 0, List.of(), List.of());
        }
        AuditStatement statement = question.get();
        long count = count(statement, kind);
        if (count == 0) {
            return new Finding(kind, 0, List.of(), List.of());
        }
        try (PreparedStatement page = prepare(statement.page())) {
            int next = bind(page, kind, statement.parameters());
            page.setLong(next, rows.offset());
            page.setInt(next + 1, rows.limit());
            return timeout.run(page, () -> {
                try (ResultSet found = page.executeQuery()) {
                    return new Finding(kind, count, labels(found.getMetaData()), read(found));
                }
            });
        }
    }

    /** A login that may not read it has none either. */
    private boolean hasHistory() throws SQLException {
        try (PreparedStatement asked = prepare(settings.dialect().existence())) {
            asked.setString(1, HISTORY);
            return number(asked) > 0;
        }
    }

    private long count(AuditStatement statement, FindingKind kind) throws SQLException {
        try (PreparedStatement count = prepare(statement.count())) {
            int _ = bind(count, kind, statement.parameters());
            return number(count);
        }
    }

    private long number(PreparedStatement statement) throws SQLException {
        return timeout.run(statement, () -> {
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        });
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        if (settings.dialect() == Dialect.SQL_SERVER) {
            // closes the connection too when the server does not answer that it has cancelled
            prepared.setQueryTimeout(Math.toIntExact(settings.queryTimeout().toSeconds()));
        }
        return prepared;
    }

    /** Sets the question's own parameters; returns the number of the next one. */
    private int bind(PreparedStatement statement, FindingKind kind, int parameters) throws SQLException {
        VersionBounds bounds = VersionBounds.believedAt(now);
        for (int at = 0; at < parameters; at++) {
            statement.setLong(at + 1, switch (kind) {
                case QUIET_NODES, DID_ON_SEVERAL_MACHINES -> quiet.toHours();
                case CLOCK_OFF -> now.minus(RECENT).getEpochSecond();
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
