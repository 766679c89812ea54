package io.tokensync.tds;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import microsoft.sql.DateTimeOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of every type, written by the driver in both ways and read back; set {@code tokensync.seed} to repeat a run. */
class RoundTripTest {
    private static final long SEED = Long.getLong(Property.SEED, System.nanoTime());

    private SqlServerEndpoint endpoint;
    private Connection connection;
    private List<List<Object>> rows;

    @BeforeEach
    void open() throws SQLException {
        endpoint = SqlServerEndpoint.start();
        connection = DriverManager.getConnection(endpoint.jdbcUrl(true), endpoint.user(), endpoint.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE dbo.Everything (id INT NOT NULL PRIMARY KEY, " + EveryType.COLUMNS + ")");
            statement.execute("CREATE TABLE #stage (id INT IDENTITY(0,1) NOT NULL, " + EveryType.COLUMNS + ")");
        }
        Random random = new Random(SEED);
        rows = new ArrayList<>(List.of(EveryType.nulls(), EveryType.smallest(), EveryType.largest()));
        for (int i = 0; i < 150; i++) {
            rows.add(EveryType.random(random));
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whatAPreparedStatementWritesIsReadBackEqual(boolean unicode) throws SQLException {
        connection.close();
        connection = DriverManager.getConnection(endpoint.jdbcUrl(false) + ";sendStringParametersAsUnicode=" + unicode,
                endpoint.user(), endpoint.password());
        String places = String.join(", ", Collections.nCopies(EveryType.NAMES.size() + 1, "?"));
        try (PreparedStatement insert = connection
                .prepareStatement("INSERT INTO dbo.Everything VALUES (" + places + ")")) {
            for (int i = 0; i < rows.size(); i++) {
                insert.setInt(1, i);
                for (int c = 0; c < rows.get(i).size(); c++) {
                    set((SQLServerPreparedStatement) insert, c + 2, rows.get(i).get(c), EveryType.JDBC_TYPES[c]);
                }
                insert.executeUpdate();
            }
        }
        assertReadBack("dbo.Everything");
    }

    private static void set(SQLServerPreparedStatement statement, int i, Object value, int type) throws SQLException {
        switch (value) {
            case null -> statement.setObject(i, null, type);
            case LocalDateTime time -> statement.setObject(i, time, type, 7);
            case OffsetDateTime time -> statement.setDateTimeOffset(i, DateTimeOffset.valueOf(time), 7);
            case BigDecimal number -> statement.setBigDecimal(i, number, 38, 10);
            case UUID guid -> statement.setUniqueIdentifier(i, guid.toString());
            case String text -> statement.setNString(i, text);
            default -> statement.setObject(i, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbo.Everything", "#stage"})
    void whatABulkCopyWritesIsReadBackEqual(String table) throws SQLException {
        if (table.startsWith("dbo")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "DROP TABLE dbo.Everything; CREATE TABLE dbo.Everything (id INT IDENTITY(0,1) NOT NULL, "
                                + EveryType.COLUMNS + ")");
            }
        }
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setDestinationTableName(table);
            for (String name : EveryType.NAMES) {
                copy.addColumnMapping(name, name);
            }
            copy.writeToServer(new EveryTypeRows(rows.iterator()));
        }
        assertReadBack(table);
    }

    private void assertReadBack(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
            for (int i = 0; i < rows.size(); i++) {
                assertThat(found.next()).as("row %d, seed %d", i, SEED).isTrue();
                for (int c = 0; c < EveryType.NAMES.size(); c++) {
                    assertThat(read(found, c)).as("row %d, %s, seed %d", i, EveryType.NAMES.get(c), SEED)
                            .isEqualTo(rows.get(i).get(c));
                }
            }
            assertThat(found.next()).isFalse();
        }
    }

    private static Object read(ResultSet rows, int column) throws SQLException {
        String name = EveryType.NAMES.get(column);
        return switch (name) {
            case "a_datetime2" -> rows.getObject(name, LocalDateTime.class);
            case "a_offset" -> rows.getObject(name, OffsetDateTime.class);
            case "a_date" -> rows.getObject(name, LocalDate.class);
            case "a_guid" -> rows.getObject(name) == null ? null : UUID.fromString(rows.getString(name));
            case "a_tinyint" -> rows.getObject(name) == null ? null : rows.getShort(name);
            default -> rows.getObject(name);
        };
    }
}
