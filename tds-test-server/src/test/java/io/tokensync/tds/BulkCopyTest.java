package io.tokensync.tds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BulkCopyTest {
    private SqlServerEndpoint endpoint;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        endpoint = SqlServerEndpoint.start();
        connection = DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(), endpoint.password());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        endpoint.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void copy(String table, List<List<Object>> rows) throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setTableLock(true);
        options.setBulkCopyTimeout((int) Duration.ofMinutes(2).toSeconds());
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setBulkCopyOptions(options);
            copy.setDestinationTableName(table);
            for (String name : EveryType.NAMES) {
                copy.addColumnMapping(name, name);
            }
            copy.writeToServer(new EveryTypeRows(rows.iterator()));
        }
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<List<Object>> rows(int count) {
        Random random = new Random(7);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(EveryType.random(random));
        }
        return rows;
    }

    @Test
    void rowsGoIntoATable() throws SQLException {
        execute("CREATE TABLE dbo.Everything (id BIGINT IDENTITY(1,1) NOT NULL PRIMARY KEY, " + EveryType.COLUMNS
                + ")");
        copy("dbo.Everything", rows(500));
        assertThat(count("dbo.Everything")).isEqualTo(500);
        assertThat(endpoint.record().bulkRows()).isEqualTo(500);
        assertThat(endpoint.record().bulkLoads()).isEqualTo(1);
    }

    @Test
    void rowsGoIntoATemporaryTableInsideATransaction() throws SQLException {
        execute("CREATE TABLE #stage (" + EveryType.COLUMNS + ")");
        connection.setAutoCommit(false);
        copy("tempdb..#stage", rows(100));
        copy("#stage", rows(100));
        assertThat(count("#stage")).isEqualTo(200);
        connection.rollback();
        assertThat(count("#stage")).isZero();
    }
}
