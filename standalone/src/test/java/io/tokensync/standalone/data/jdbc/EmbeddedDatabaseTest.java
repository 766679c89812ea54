package io.tokensync.standalone.data.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTest {
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
    void itIsReadWhileItIsWrittenAsItWasCommittedLast() throws Exception {
        try (Database writer = made();
                Connection writing = writer.connect();
                Statement write = writing.createStatement()) {
            write.execute(insert("Qm1"));
            writing.commit();
            write.execute(insert("Qm2"));
            assertThat(rows()).isEqualTo(1);
            writing.commit();
            assertThat(rows()).isEqualTo(2);
        }
    }

    @Test
    void whoReadsChangesNothing() throws Exception {
        made().close();
        try (Connection reading = database.connectToRead(); Statement statement = reading.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM dbo.TokenRecords")).isInstanceOf(SQLException.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void whereThereIsNoneItIsSaidWhatMakesIt() {
        assertThatThrownBy(database::existing).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("run ./tokensync local");
        assertThat(database.earlier()).isEmpty();
    }

    @Test
    void aTableOfAnEarlierVersionIsRecognizedUntilThereIsANewOne() throws Exception {
        Path earlier = Files.createDirectory(data.root().resolve(DataDirectory.EARLIER_DATABASE));
        Files.writeString(earlier.resolve("tokens.mv.db"), "of H2");
        assertThatThrownBy(database::existing).isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("earlier version").hasMessageContaining("remove " + earlier);
        made().close();
        assertThat(database.existing().earlier()).isEmpty();
    }

    @Test
    void clearingTheDirectoryRemovesTheTableOfAnyVersion() throws Exception {
        Path earlier = Files.createDirectory(data.root().resolve(DataDirectory.EARLIER_DATABASE));
        made().close();
        String id = data.databaseId(true);
        data.clear();
        assertThat(database.exists()).isFalse();
        assertThat(earlier).doesNotExist();
        assertThat(data.databaseId(false)).isNotEqualTo(id);
    }

    private Database made() throws Exception {
        Database made = Database.open(database.settings(), 1);
        new Schema(made).migrate();
        return made;
    }

    private long rows() throws SQLException {
        try (Connection connection = database.connectToRead();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM dbo.TokenRecords")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static String insert(String token) {
        return "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id) VALUES ('a', 'n', '" + token + "')";
    }
}
