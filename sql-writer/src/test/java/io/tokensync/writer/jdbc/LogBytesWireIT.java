package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a batch costs in log is asked where the server tells, and nothing depends on the answer. */
class LogBytesWireIT {
    private static final String QUESTION = "dm_tran_database_transactions";

    @RegisterExtension
    final WireServer server = new WireServer();

    private final List<Long> bytesPerRow = new ArrayList<>();
    private Database database;
    private BatchWriter writer;

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(server.settings(), 1, SqlErrorOverrides.NONE, new WriteListener() {
            @Override
            public void logged(long bytes, long rows) {
                bytesPerRow.add(bytes / rows);
            }
        });
        new Schema(database).migrate();
        server.endpoint().record().clear();
        writer = database.batchWriter();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void aServerThatTellsIsAskedNowAndThen() throws Exception {
        writer.write(batch(upsert("a", 1, "x"), upsert("b", 1, "x")));
        writer.write(batch(upsert("c", 1, "x")));
        assertThat(bytesPerRow).containsExactly(500_000L);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aLoginThatMayNotAskIsNotToldAndWritesAllTheSame() throws Exception {
        server.endpoint().script().on(Occasion.statement(QUESTION).always(), new Effect.Fail(denied()));
        writer.write(batch(upsert("a", 1, "x")));
        writer.write(batch(upsert("b", 1, "x")));
        assertThat(bytesPerRow).isEmpty();
        assertThat(asked()).isOne();
        assertThat(new Table(database.dataSource()).rows()).hasSize(2);
    }

    @Test
    void aRightThatIsTakenAwayCostsOneRepetition() throws Exception {
        server.endpoint().script().on(Occasion.statement(QUESTION).nth(2).times(2), new Effect.Fail(denied()));
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, () -> writer.write(batch(upsert("a", 1, "x"))));
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        writer.write(batch(upsert("a", 1, "x")));
        assertThat(new Table(database.dataSource()).rows()).hasSize(1);
        assertThat(asked()).isEqualTo(3);
    }

    private long asked() {
        return server.endpoint().record().statements(QUESTION);
    }

    private static SqlError denied() {
        return new SqlError(300, 1, 14, "VIEW SERVER STATE permission was denied");
    }
}
