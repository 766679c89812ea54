package io.tokensync.cli.verify.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.FailedQuery;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.writer.verification.NodeTable.Node;
import io.tokensync.writer.verification.jdbc.AuditedRow;
import io.tokensync.writer.verification.jdbc.NodeReader;

/**
 * What the table has of one node, over a connection that only reads. In SQLite all of it is of one moment; on SQL Server each
 * call is of its own.
 */
public final class ComparedTable implements AutoCloseable {
    private static final String VERIFICATION = "vw_NodeVerification";
    private static final String LATEST = """
            SELECT outcome, as_of, verified_at, node_rows, table_rows, node_digest, last_equal_as_of
            FROM dbo.vw_NodeVerification WHERE source_ip = ? AND node_name = ?""";
    private static final String NODES = """
            SELECT source_ip, node_name FROM dbo.vw_Nodes WHERE source_ip = ? OR node_name = ?
            ORDER BY source_ip, node_name""";

    private final Connection connection;
    private final SqlSettings settings;
    private final Node node;
    private final NodeReader reader;

    private ComparedTable(Connection connection, SqlSettings settings, Node node) {
        this.connection = connection;
        this.settings = settings;
        this.node = node;
        this.reader = new NodeReader(connection, settings.dialect());
    }

    /** What is asked. */
    @FunctionalInterface
    private interface Asked<T> {
        T ask() throws SQLException;
    }

    /**
     * Connects; no time bounds what is asked.
     *
     * @throws AuditException when that does not succeed
     */
    public static ComparedTable open(SqlSettings database, Node node) throws AuditException {
        SqlSettings settings = database.unhurried();
        return ask(() -> {
            Connection connection = SqlConnections.openToRead(settings);
            try {
                connection.setAutoCommit(false);
                return new ComparedTable(connection, settings, node);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        });
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** Where the table is, for people. */
    public String place() {
        return settings.place();
    }

    /** The node's rows in {@link BucketSums#FINEST} buckets. */
    public BucketSums sums() throws AuditException {
        return ask(() -> reader.sums(node));
    }

    /** Gives the rows in these of {@link BucketSums#FINEST} buckets, those that are gone too. */
    public void rows(BitSet chosen, Consumer<AuditedRow> taker) throws AuditException {
        var _ = ask(() -> {
            reader.rows(node, chosen, taker);
            return node;
        });
    }

    /** The nodes of the same name, and those of the same machine; the node itself is among them when the table knows it. */
    public List<Node> nodes() throws AuditException {
        return ask(() -> {
            List<Node> nodes = new ArrayList<>();
            try (PreparedStatement statement = prepared(NODES); ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    nodes.add(new Node(row.getString(1), row.getString(2)));
                }
            }
            return nodes;
        });
    }

    /** Whether it has verifications, as far as this login can see. */
    public boolean keepsVerifications() throws AuditException {
        return ask(() -> settings.dialect().has(connection, VERIFICATION));
    }

    /** The latest verification of the node; empty when there was none. */
    public Optional<LatestVerification> verification() throws AuditException {
        return ask(() -> {
            try (PreparedStatement statement = prepared(LATEST); ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(latest(row)) : Optional.empty();
            }
        });
    }

    private static LatestVerification latest(ResultSet row) throws SQLException {
        return new LatestVerification(row.getString(1), time(row, 2), time(row, 3), row.getLong(4), row.getLong(5),
                row.getString(6), time(row, 7));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        LocalDateTime time = SqlTimes.read(row, column);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    /** A statement about the node. */
    private PreparedStatement prepared(String sql) throws SQLException {
        Dialect dialect = settings.dialect();
        PreparedStatement statement = connection.prepareStatement(dialect.translated(sql));
        try {
            statement.setString(1, node.sourceIp());
            statement.setString(2, node.nodeName());
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static <T> T ask(Asked<T> asked) throws AuditException {
        try {
            return asked.ask();
        } catch (SQLException e) {
            throw new AuditException(FailedQuery.describe(e), e);
        }
    }

    @Override
    public void close() throws AuditException {
        var _ = ask(() -> {
            connection.close();
            return node;
        });
    }
}
