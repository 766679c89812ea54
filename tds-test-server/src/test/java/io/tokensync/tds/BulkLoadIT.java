package io.tokensync.tds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

/** Bulk loads of the size of a real first synchronization; the rates go to {@code target/bulk-load.txt}. */
class BulkLoadIT {
    private static final Path RATES = Path.of("target", "bulk-load.txt");
    private static final int ROWS = 200_000;
    private static final String TABLE = "(source_ip NVARCHAR(45) COLLATE Latin1_General_100_BIN2 NOT NULL, "
            + "node_name NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL, "
            + "token_id NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL, did NVARCHAR(1000) NULL, "
            + "token_status NVARCHAR(50) NULL, record_version BIGINT NOT NULL, row_hash BIGINT NOT NULL, "
            + "ipfs_fetched BIT NOT NULL, ipfs_data NVARCHAR(MAX) NULL)";

    @ParameterizedTest
    @ValueSource(strings = {"#stage", "dbo.TokenRecords"})
    void twoHundredThousandTokenRowsArrive(String table) throws Exception {
        load(table, TABLE, new TokenRows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#everything", "dbo.Everything"})
    void twoHundredThousandRowsOfEveryTypeArrive(String table) throws Exception {
        Random random = new Random(1);
        load(table, "(" + EveryType.COLUMNS + ")",
                new EveryTypeRows(Stream.generate(() -> EveryType.slim(random)).limit(ROWS).iterator()));
    }

    private static void load(String table, String columns, ISQLServerBulkData rows) throws Exception {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start();
                Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(),
                        endpoint.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " " + columns);
            long from = System.nanoTime();
            copy(connection, table, rows);
            long millis = Duration.ofNanos(System.nanoTime() - from).toMillis();
            Files.writeString(RATES, table + ": " + ROWS * 1000L / millis + " rows/s\n", CREATE, APPEND);
            try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(ROWS);
            }
            assertThat(endpoint.record().bulkRows()).isEqualTo(ROWS);
        }
    }

    private static void copy(Connection connection, String table, ISQLServerBulkData rows) throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setTableLock(true);
        options.setBulkCopyTimeout((int) Duration.ofMinutes(10).toSeconds());
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setBulkCopyOptions(options);
            copy.setDestinationTableName(table);
            copy.writeToServer(rows);
        }
    }

    private static final class TokenRows implements ISQLServerBulkData {
        private static final long serialVersionUID = 1L;
        private static final int[] TYPES = {Types.NVARCHAR, Types.NVARCHAR, Types.NVARCHAR, Types.NVARCHAR,
                Types.NVARCHAR,
                Types.BIGINT, Types.BIGINT, Types.BIT, Types.LONGNVARCHAR};
        private static final int[] PRECISIONS = {45, 255, 500, 1000, 50, 0, 0, 0, 0};

        private int row;

        @Override
        public Set<Integer> getColumnOrdinals() {
            return new TreeSet<>(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        }

        @Override
        public String getColumnName(int column) {
            return "c" + column;
        }

        @Override
        public int getColumnType(int column) {
            return TYPES[column - 1];
        }

        @Override
        public int getPrecision(int column) {
            return PRECISIONS[column - 1];
        }

        @Override
        public int getScale(int column) {
            return 0;
        }

        @Override
        public Object[] getRowData() {
            return new Object[]{"10.0.0.1", "node-" + row % 100, "QmWhole" + row,
                    "bafybmih" + row % 1000 + "x".repeat(50), "0", (long) row, row * 31L, row % 2 == 0,
                    row % 2 == 0 ? "{\"level\":1,\"number\":" + row + "}" : null};
        }

        @Override
        public boolean next() {
            return ++row <= ROWS;
        }
    }
}
