package io.tokensync.standalone.data.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nobody gets in without the secrets of the data directory, and with them nobody may do more than he has to. */
class EmbeddedDatabaseTest {
    private static final String PLANTED_ALIAS = "CREATE ALIAS dbo.RUN AS 'String run() { return \"\"; }'";

    @TempDir
    Path root;

    private DataDirectory data;
    private EmbeddedDatabase database;

    @BeforeEach
    void directory() throws Exception {
        data = DataDirectory.open(root.resolve("data"));
        database = EmbeddedDatabase.of(data.root());
    }

    @AfterEach
    void release() {
        data.close();
    }

    @Test
    void thereIsNoWayInWithoutTheSecret() throws Exception {
        make(database.owner());
        database.admit();
        for (String user : List.of("SA", "WRITER", "READER", "")) {
            for (String password : List.of("", "sa", "reader")) {
                assertThatThrownBy(() -> DriverManager.getConnection(database.owner().url(), user, password))
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(data.root().resolve("h2/tokens.lock.db")).doesNotExist();
        EmbeddedDatabase.connect(database.reader()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE ALIAS dbo.E AS 'String e() { return \"\"; }'",
            "CREATE ALIAS dbo.E FOR \"java.lang.System.getProperty\"",
            "CREATE TRIGGER dbo.T BEFORE INSERT ON dbo.TokenRecords FOR EACH ROW AS 'org.h2.api.Trigger create() { return null; }'",
            "CREATE LINKED TABLE dbo.L('', 'jdbc:h2:mem:x', 'sa', '', 'T')",
            "SELECT * FROM LINK_SCHEMA('a', '', 'jdbc:h2:mem:x', 'sa', '', 'PUBLIC')", "RUNSCRIPT FROM '/etc/passwd'",
            "SCRIPT", "SCRIPT TO '/tmp/tokensync-script.sql'", "SELECT FILE_READ('/etc/passwd')",
            "SELECT FILE_WRITE(X'00', '/tmp/tokensync-file')", "SELECT * FROM CSVREAD('/etc/passwd')",
            "CALL CSVWRITE('/tmp/tokensync.csv', 'SELECT 1')", "BACKUP TO '/tmp/tokensync.zip'",
            "CREATE USER other PASSWORD ''", "ALTER USER SA SET PASSWORD ''", "CREATE TABLE dbo.other (i INT)",
            "DROP TABLE dbo.TokenRecords", "ALTER TABLE dbo.TokenRecords ADD COLUMN other INT", "SHUTDOWN",
            "EXECUTE IMMEDIATE 'CREATE ALIAS dbo.E FOR \"java.lang.System.getProperty\"'"})
    void whoWritesOrReadsRowsMayDoNothingElse(String sql) throws Exception {
        make(database.owner());
        database.admit();
        for (SqlSettings user : List.of(database.writer(), database.reader())) {
            try (Connection connection = EmbeddedDatabase.connect(user);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).as(user.user().orElseThrow())
                        .isInstanceOf(SQLException.class).hasMessageMatching("(?s).*(rights|Rights).*");
            }
        }
    }

    @Test
    void whatMakesACommitDurableHoldsForTheWriterToo() throws Exception {
        make(database.owner());
        database.admit();
        try (Connection connection = EmbeddedDatabase.connect(database.writer());
                Statement statement = connection.createStatement();
                var delay = statement.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            assertThat(delay.getString(1)).isEqualTo("0");
        }
    }

    @Test
    void theReaderChangesNoRow() throws Exception {
        make(database.owner());
        database.admit();
        try (Connection connection = EmbeddedDatabase.connect(database.reader());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM dbo.TokenRecords"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("rights");
        }
    }

    @Test
    void aDatabaseThatLetEverybodyInIsTakenOverWithoutWhatWasPlantedThere() throws Exception {
        SqlSettings open = SqlSettings.of(database.owner().url(), Optional.of("sa"), Optional.empty());
        Files.delete(data.root().resolve("h2/logins.properties"));
        make(open);
        try (Connection connection = EmbeddedDatabase.connect(open);
                Statement statement = connection.createStatement()) {
            statement.execute(PLANTED_ALIAS);
            statement.execute("CREATE USER \"mallory\" PASSWORD 'm' ADMIN");
        }
        assertThat(database.secure()).hasSize(2).anyMatch(line -> line.contains("RUN"))
                .anyMatch(line -> line.contains("MALLORY"));
        database.admit();
        assertThatThrownBy(() -> EmbeddedDatabase.connect(open)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DriverManager.getConnection(open.url(), "mallory", "m"))
                .isInstanceOf(SQLException.class);
        EmbeddedDatabase.connect(database.writer()).close();
        assertThat(database.secure()).isEmpty();
    }

    @Test
    void aDatabaseOfAnEarlierVersionIsTakenOverByTheFirstQuestionToo() throws Exception {
        SqlSettings open = SqlSettings.of(database.owner().url(), Optional.of("sa"), Optional.empty());
        make(open);
        data.close();
        try (Snapshot snapshot = Snapshot.open(data.root(), Clock.systemUTC(), Sleeper.system())) {
            snapshot.connect().close();
        }
        assertThatThrownBy(() -> EmbeddedDatabase.connect(open)).isInstanceOf(SQLException.class);
        data = DataDirectory.open(data.root());
    }

    @Test
    void lostSecretsAreSaidWithWhatToDo() throws Exception {
        make(database.owner());
        database.admit();
        Files.delete(data.root().resolve("h2/logins.properties"));
        assertThatThrownBy(database::secure).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("logins.properties");
    }

    @Test
    void aCopyIsMadeWhileTheDatabaseIsWrittenAndRemovedAfterwards() throws Exception {
        make(database.owner());
        database.admit();
        try (Connection writing = EmbeddedDatabase.connect(database.writer());
                Statement write = writing.createStatement();
                SnapshotService _ = SnapshotService.start(database, DataDirectory.snapshots(data.root()))) {
            write.execute(insert("Qm1"));
            writing.setAutoCommit(false);
            write.execute(insert("Qm2"));
            try (Snapshot snapshot = Snapshot.open(data.root(), Clock.systemUTC(), Sleeper.system());
                    Connection reading = snapshot.connect();
                    Statement read = reading.createStatement();
                    var rows = read.executeQuery("SELECT token_id FROM TokenRecords")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("Qm1");
                assertThat(rows.next()).isFalse();
                write.execute(insert("Qm3"));
                writing.commit();
            }
        }
        assertThat(DataDirectory.snapshots(data.root())).isEmptyDirectory();
    }

    private static String insert(String token) {
        return "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id) VALUES ('a', 'n', '" + token + "')";
    }

    private static void make(SqlSettings owner) throws Exception {
        try (Database database = Database.open(owner, 1)) {
            new Schema(database).migrate();
        }
    }
}
