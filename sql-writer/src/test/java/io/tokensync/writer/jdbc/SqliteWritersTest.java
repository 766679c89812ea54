package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenKey;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Writers and readers of one file of SQLite side by side. */
class SqliteWritersTest {
    private final SqlSettings settings = SqliteDatabases.fresh();
    private final Database database = Database.open(settings, 2);

    @BeforeEach
    void migrate() throws Exception {
        new Schema(database).migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A transaction that has read first could not write any more after another one has. */
    @Test
    void aWriterThatWaitsForAnotherOneWritesAfterIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); Connection other = locked()) {
            Future<BatchCounts> written = threads
                    .submit(() -> database.batchWriter().write(batch(upsert("a", 2, "new"))).counts());
            try (Statement statement = other.createStatement()) {
                statement.executeUpdate("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id)"
                        + " VALUES ('10.0.0.1', 'node1', 'a')");
            }
            other.commit();
            assertThat(written.get()).isEqualTo(new BatchCounts(0, 1, 0, 0));
        }
    }

    @Test
    void aLockThatIsNotGivenIsAConflict() throws Exception {
        SqlSettings impatient = new SqlSettings(settings.url(), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (Connection _ = locked(); Database waiting = Database.open(impatient, 1)) {
            SqlFailure failure = catchThrowableOfType(SqlFailure.class,
                    () -> waiting.batchWriter().write(batch(upsert("a", 2, "new"))));
            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure).hasMessageContaining("another process was writing");
        }
    }

    @Test
    void aReaderSeesWhatIsCommittedWhileAWriterWrites() throws Exception {
        database.batchWriter().write(batch(upsert("a", 1, "x")));
        try (Connection _ = locked();
                Connection reader = SqlConnections.openToRead(settings);
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.vw_Tokens")) {
            rows.next();
            assertThat(rows.getInt(1)).isOne();
        }
    }

    /** On one thread: a writer that waited for the reader would never be answered, and the log is moved to the file meanwhile. */
    @Test
    void aReaderInTheMiddleOfHisRowsHoldsNoWriterUp() throws Exception {
        SqlSettings impatient = new SqlSettings(settings.url(), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(1), Duration.ofSeconds(1));
        database.batchWriter().write(rows("before", 2_000));
        try (Database writing = Database.open(impatient, 1);
                Connection reader = SqlConnections.openToRead(impatient);
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("SELECT token_id, ipfs_data FROM dbo.TokenRecords")) {
            rows.next();
            BatchWriter writer = writing.batchWriter();
            for (int i = 0; i < 10; i++) {
                assertThat(writer.write(rows("behind" + i, 2_000)).counts().inserted()).isEqualTo(2_000);
            }
            int read = 1;
            while (rows.next()) {
                read++;
            }
            assertThat(read).as("what was there when he began").isEqualTo(2_000);
        }
    }

    private static TokenBatch rows(String name, int count) {
        return batch(IntStream.range(0, count).mapToObj(i -> upsert(new TokenKey("10.0.0.1", "node1", name + i), 1,
                Records.row("x"), Records.fetched("c".repeat(500)))).toList());
    }

    /** A connection in the middle of a batch, before anything of it is compared. */
    private Connection locked() throws Exception {
        Connection connection = database.connect();
        var _ = new SqliteStagingTable(true).lock(connection);
        return connection;
    }
}
