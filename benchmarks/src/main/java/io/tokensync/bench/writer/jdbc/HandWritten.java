package io.tokensync.bench.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.model.TokenRecord;

/**
 * What somebody would write by hand to put rows into the table, with all rows in memory before the clock starts: batches
 * into a temporary table and a merge with a guard on the version, or prepared upserts with it, a commit each; and one-row merges in JDBC batches, as other
 * sinks send them.
 */
public final class HandWritten {
    private static final int STAGED_ROWS = 5_000;
    private static final int SINGLE_ROWS = 1_000;
    private static final double NANOS = 1e9;

    private final BenchTable table;

    public HandWritten(BenchTable table) {
        this.table = table;
    }

    /** Way of one connection to write its rows. */
    private interface Way {
        void write(Connection connection, List<Object[]> rows) throws SQLException;
    }

    /** Rows per second of staging and merging over so many connections; the first part of the rows is not measured. */
    public double stagedRate(List<TokenRecord> records, int connections, int unmeasured) throws Exception {
        // one writes at a time to a file of SQLite
        return rate(records, table.dialect() == Dialect.SQLITE ? 1 : connections, unmeasured,
                table.dialect() == Dialect.SQLITE ? HandWritten::upsertSqlite : HandWritten::stageSqlServer);
    }

    /** Rows per second of one-row merges in batches of 1,000 over so many connections. */
    public double oneRowRate(List<TokenRecord> records, int connections, int unmeasured) throws Exception {
        return rate(records, connections, unmeasured, this::oneByOne);
    }

    private double rate(List<TokenRecord> records, int connections, int unmeasured, Way way) throws Exception {
        List<Object[]> rows = records.stream().map(BenchRow::of).toList();
        write(rows.subList(0, unmeasured), connections, way);
        long begin = System.nanoTime();
        write(rows.subList(unmeasured, rows.size()), connections, way);
        return (rows.size() - unmeasured) / (Duration.ofNanos(System.nanoTime() - begin).toNanos() / NANOS);
    }

    private void write(List<Object[]> rows, int connections, Way way) throws Exception {
        int share = (rows.size() + connections - 1) / connections;
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int from = 0; from < rows.size(); from += share) {
                List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + share));
                ends.add(threads.submit(() -> {
                    try (Connection connection = table.connect()) {
                        way.write(connection, part);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    /** The guarded merge of this source of rows. */
    private static String merge(String source) {
        // A parameter has the database's own collation, which may take different ids for the same.
        return BenchTable.resource("merge.sql").replace("{source}", source)
                .replace("{exactly}", " COLLATE Latin1_General_100_BIN2");
    }

    private static void stageSqlServer(Connection connection, List<Object[]> rows) throws SQLException {
        String merge = merge("#bench_stage");
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setTableLock(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BenchTable.resource("stage_sqlserver.sql"));
            for (List<Object[]> batch : batches(rows, STAGED_ROWS)) {
                statement.execute("TRUNCATE TABLE #bench_stage");
                try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection.unwrap(SQLServerConnection.class))) {
                    copy.setBulkCopyOptions(options);
                    copy.setDestinationTableName("#bench_stage");
                    for (String column : BenchRow.COLUMNS) {
                        copy.addColumnMapping(column, column);
                    }
                    copy.writeToServer(new BulkRows(batch));
                }
                statement.executeUpdate(merge);
                connection.commit();
            }
        }
    }

    private static void upsertSqlite(Connection connection, List<Object[]> rows) throws SQLException {
        String upsert = BenchTable.resource("upsert_sqlite.sql")
                .replace("{columns}", String.join(", ", BenchRow.COLUMNS))
                .replace("{values}", "?, ".repeat(BenchRow.COLUMNS.size() - 1) + "?");
        try (PreparedStatement upserting = connection.prepareStatement(upsert)) {
            for (List<Object[]> batch : batches(rows, STAGED_ROWS)) {
                addAll(upserting, batch);
                connection.commit();
            }
        }
    }

    private void oneByOne(Connection connection, List<Object[]> rows) throws SQLException {
        String row = BenchRow.COLUMNS.stream().collect(Collectors.joining(", ? AS ", "(SELECT ? AS ", ")"));
        try (PreparedStatement merge = connection.prepareStatement(merge(row))) {
            for (List<Object[]> batch : batches(rows, SINGLE_ROWS)) {
                addAll(merge, batch);
                connection.commit();
            }
        }
    }

    private static void addAll(PreparedStatement statement, List<Object[]> batch) throws SQLException {
        for (Object[] row : batch) {
            for (int column = 0; column < row.length; column++) {
                statement.setObject(column + 1, row[column]);
            }
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private static List<List<Object[]>> batches(List<Object[]> rows, int size) {
        List<List<Object[]>> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += size) {
            batches.add(rows.subList(from, Math.min(rows.size(), from + size)));
        }
        return batches;
    }
}
