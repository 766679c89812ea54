package io.tokensync.writer.recovery;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.HistoryTable;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.recovery.Recovery.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process that writes to a file of SQLite is killed: what it has said to be written is in the table, in whole batches. */
class KilledSqliteIT {
    private static final int BATCHES = 400;
    private static final int ROWS = 250;

    private final SqlSettings settings = SqliteDatabases.fresh();
    private final Database database = Database.open(settings, 1);

    @BeforeEach
    void migrate() throws Exception {
        new Schema(database).migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @RepeatedTest(5)
    void whatWasCommittedIsThereAndTheRestIsWrittenAgain() throws Exception {
        int said = killInTheMiddle(3 + new SplittableRandom().nextInt(40));
        assertThat(integrity()).isEqualTo("ok");
        Table table = new Table(database.dataSource());
        int found = table.rows().size();
        assertThat(found % ROWS).as("whole batches").isZero();
        assertThat(found).isBetween(said * ROWS, (said + 1) * ROWS);
        assertThat(table.rows()).isEqualTo(Table.expected(records(0, found / ROWS)));
        HistoryTable history = new HistoryTable(database.dataSource());
        assertThat(history.versions()).as("in the same transactions")
                .isEqualTo(HistoryTable.expected(records(0, found / ROWS)));
        BatchWriter writer = database.batchWriter();
        writer.write(Records.batch(records(0, said + 2)));
        assertThat(table.rows()).isEqualTo(Table.expected(records(0, said + 2)));
        assertThat(history.versions()).isEqualTo(HistoryTable.expected(records(0, said + 2)));
    }

    /** Kills it when it has said so many batches to be written; returns how many it has said in the end. */
    private int killInTheMiddle(int batches) throws IOException, InterruptedException {
        Path said = Files.createTempFile("tokensync-said", null);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), KilledSqliteIT.class.getName(), settings.url(), said.toString())
                .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
        try {
            await().atMost(LONGEST_WAIT).pollInterval(Duration.ofMillis(1)).until(() -> Files.size(said) >= batches);
            assertThat(process.destroyForcibly().waitFor()).as("killed, not ended").isNotZero();
            return (int) Files.size(said);
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }

    private String integrity() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA dbo.integrity_check")) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** Those of some batches. */
    private static List<TokenRecord> records(int from, int to) {
        List<TokenRecord> records = new ArrayList<>();
        for (int row = from * ROWS; row < to * ROWS; row++) {
            records.add(Records.upsert("t" + row, 1, "did" + row));
        }
        return records;
    }

    /** What the process runs: writes batch by batch, and says so by a byte in a file. */
    public static void main(String[] arguments) throws Exception {
        try (Database database = Database.open(SqlSettings.of(arguments[0]), 1);
                OutputStream said = Files.newOutputStream(Path.of(arguments[1]))) {
            BatchWriter writer = database.batchWriter();
            for (int batch = 0; batch < BATCHES; batch++) {
                writer.write(Records.batch(records(batch, batch + 1)));
                said.write('.');
            }
        }
    }
}
