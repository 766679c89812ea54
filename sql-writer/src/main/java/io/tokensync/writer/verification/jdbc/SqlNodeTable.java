package io.tokensync.writer.verification.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.verification.NodeTable;

/** Reads {@code TokenRecords}; the rows of a node come in a stream, of which none is kept that is not asked for. */
final class SqlNodeTable implements NodeTable {
    private static final int FETCH_ROWS = 1_000;

    private final VerifierStatements statements;
    private final RowColumns columns;

    SqlNodeTable(VerifierStatements statements) {
        this.statements = statements;
        this.columns = new RowColumns(statements.dialect());
    }

    /** What is done with each row. */
    @FunctionalInterface
    private interface RowReader {
        /** Whether to go on. */
        boolean read(ResultSet row) throws SQLException;
    }

    @Override
    public BucketSums sums(Node node) throws SqlFailure {
        BucketSums.Builder builder = new BucketSums.Builder();
        read("node_rows", row -> {
            builder.add(columns.tokenId(row), columns.digest(row));
            return true;
        }, node.sourceIp(), node.nodeName());
        return builder.sums();
    }

    @Override
    public BitSet newer(Node node, long above, long upTo, int buckets) throws SqlFailure {
        BitSet newer = new BitSet(buckets);
        read("node_versions", row -> {
            if (isBetween(row.getLong(2), above, upTo) || isBetween(row.getLong(3), above, upTo)) {
                newer.set(BucketSums.bucket(row.getString(1), buckets));
            }
            return true;
        }, node.sourceIp(), node.nodeName());
        return newer;
    }

    @Override
    public List<TableRow> rows(Node node, BitSet chosen, int buckets, int most) throws SqlFailure {
        List<TableRow> found = new ArrayList<>();
        read("node_rows", row -> {
            String tokenId = columns.tokenId(row);
            if (chosen.get(BucketSums.bucket(tokenId, buckets)) && found.size() < most) {
                found.add(new TableRow(tokenId, columns.digest(row), columns.version(row)));
            }
            return found.size() < most;
        }, node.sourceIp(), node.nodeName());
        return found;
    }

    private static boolean isBetween(long version, long above, long upTo) {
        return version > above && version <= upTo;
    }

    private void read(String part, RowReader reader, Object... parameters) throws SqlFailure {
        int _ = statements.run(part, statement -> read(statement, reader), parameters);
    }

    private static int read(PreparedStatement statement, RowReader reader) throws SQLException {
        statement.setFetchSize(FETCH_ROWS);
        int read = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next() && reader.read(rows)) {
                read++;
            }
        }
        return read;
    }
}
