package io.tokensync.writer.verification.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.function.Consumer;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.writer.jdbc.SqlText;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * What the table has of a node, for whoever may only read it: over a connection of the caller's, as the verifier reads it. Rows
 * come in a stream, of which none is kept.
 */
public final class NodeReader {
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final Dialect dialect;
    private final RowColumns columns;
    private final SqlText text;

    /** @param connection without a limit to the time that a statement takes */
    public NodeReader(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.columns = new RowColumns(dialect);
        this.text = SqlText.of("/io/tokensync/writer/verification/jdbc/verifications.sql");
    }

    /** What is done with each row. */
    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** The rows that the node has by the table, in {@link BucketSums#FINEST} buckets. */
    public BucketSums sums(Node node) throws SQLException {
        BucketSums.Builder builder = new BucketSums.Builder();
        read("node_rows", node, row -> builder.add(columns.tokenId(row), columns.digest(row)));
        return builder.sums();
    }

    /** Gives the rows in these of {@link BucketSums#FINEST} buckets, those that are gone too. */
    public void rows(Node node, BitSet chosen, Consumer<AuditedRow> taker) throws SQLException {
        read("node_rows_and_gone", node, row -> {
            if (chosen.get(BucketSums.bucket(columns.tokenId(row), BucketSums.FINEST))) {
                taker.accept(columns.row(row));
            }
        });
    }

    private void read(String part, Node node, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.translated(text.part(part)))) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setString(1, node.sourceIp());
            statement.setString(2, node.nodeName());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
