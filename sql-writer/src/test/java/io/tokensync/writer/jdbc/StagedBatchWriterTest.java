package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.PoisonIsolation;
import io.tokensync.writer.batch.RetryingBatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.WriteOutcome;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** One transaction per batch, whichever of its calls fails; the failures are SQL Server's, the database is SQLite. */
class StagedBatchWriterTest {
    /** What is prepared to look rows up, to insert and to update them and to record their versions, is in front of it. */
    private static final int COMMIT = 5;
    private static final List<TokenRecord> RECORDS = List.of(upsert("a", 2, "x"), upsert("b", 1, "y"));

    private final SqlFailureClassifier classifier = SqlFailureClassifier.sqlServer();
    private final List<FailureKind> waited = new ArrayList<>();
    private Database database;
    private Table table;

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(SqliteDatabases.fresh(), 1);
        new Schema(database).migrate();
        table = new Table(database.dataSource());
        database.batchWriter().write(batch(upsert("a", 1, "old")));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"1,40613,TRANSIENT", "2,40613,TRANSIENT", "4,40613,TRANSIENT", "5,40613,UNKNOWN_OUTCOME",
            "1,40501,THROTTLED",
            "2,1205,CONFLICT", "2,2627,CONFLICT", "2,18456,ENVIRONMENT", "4,2627,CONFLICT", "5,0,UNKNOWN_OUTCOME"})
    void theBatchIsWrittenAgainAsAWholeWhicheverCallFails(int call, int number, FailureKind kind) throws Exception {
        FaultyConnections faulty = faulty(call, new SQLException("as told", "08S01", number), false);
        assertThat(writer(faulty).write(batch(RECORDS)).counts().rows()).isEqualTo(2);
        assertThat(table.rows()).isEqualTo(Table.expected(RECORDS));
        assertThat(waited).containsExactly(kind);
        assertThat(faulty.stillOpen()).isZero();
        assertThat(faulty.discarded()).isEqualTo(kind == FailureKind.CONFLICT ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBatchThatTakesTooLongBeforeItsCommitIsWrittenInParts(int call) throws Exception {
        FaultyConnections faulty = faulty(call, new SQLTimeoutException("as told", "HY008"), false);
        assertThat(writer(faulty).write(batch(RECORDS)).counts().rows()).isEqualTo(2);
        assertThat(table.rows()).isEqualTo(Table.expected(RECORDS));
        assertThat(waited).isEmpty();
        assertThat(faulty.commits()).isEqualTo(2);
        assertThat(faulty.discarded()).isOne();
    }

    @Test
    void oneRowThatTakesTooLongIsWaitedFor() throws Exception {
        FaultyConnections faulty = faulty(1, new SQLTimeoutException("as told", "HY008"), false);
        writer(faulty).write(batch(RECORDS.getFirst()));
        assertThat(waited).containsExactly(FailureKind.TRANSIENT);
    }

    @Test
    void aTimeoutAtCommitLeavesItOpen() throws Exception {
        FaultyConnections faulty = faulty(COMMIT, new SQLTimeoutException("as told", "HY008"), false);
        writer(faulty).write(batch(RECORDS));
        assertThat(waited).containsExactly(FailureKind.UNKNOWN_OUTCOME);
        assertThat(table.rows()).isEqualTo(Table.expected(RECORDS));
    }

    @Test
    void aConnectionThatIsNotMadeInTimeHasNothingToDoWithTheBatch() throws Exception {
        FaultyConnections faulty = faulty(Integer.MAX_VALUE, new SQLException("never"), false);
        faulty.failNextOpen(new SQLTimeoutException("as told", "HYT00"));
        writer(faulty).write(batch(RECORDS));
        assertThat(waited).containsExactly(FailureKind.TRANSIENT);
        assertThat(faulty.commits()).isOne();
    }

    @Test
    void aCommitThatWasAppliedButNotAnsweredIsAReplayWithoutWrites() throws Exception {
        FaultyConnections faulty = faulty(COMMIT, new SQLException("no answer", "08S01"), true);
        WriteOutcome outcome = writer(faulty).write(batch(RECORDS));
        assertThat(waited).containsExactly(FailureKind.UNKNOWN_OUTCOME);
        assertThat(outcome.counts().unchanged()).isEqualTo(2);
        assertThat(table.rows()).isEqualTo(Table.expected(RECORDS));
    }

    @Test
    void aFailureThatIsNotWaitedForLeavesNothingBehind() throws Exception {
        FaultyConnections faulty = faulty(2, new SQLException("a row twice", "S0001", 8672), false);
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, () -> writer(faulty).write(batch(RECORDS)));
        assertThat(failure.kind()).isEqualTo(FailureKind.FATAL);
        assertThat(table.column("did")).containsOnly(Map.entry("a", "old"));
        assertThat(faulty.stillOpen()).isZero();
    }

    @Test
    void anErrorThatNobodyKnowsIsWaitedFor() throws Exception {
        FaultyConnections faulty = faulty(2, new SQLException("unheard of", "S0001", 99999), false);
        writer(faulty).write(batch(RECORDS.subList(0, 1)));
        assertThat(waited).containsExactly(FailureKind.ENVIRONMENT);
        assertThat(faulty.commits()).isOne();
    }

    /** What the libraries that fetch a token throw when they cannot have it is no SQLException. */
    @Test
    void aTokenThatCannotBeHadIsWaitedFor() throws Exception {
        FaultyConnections faulty = faulty(Integer.MAX_VALUE, new SQLException("never"), false);
        RuntimeException noToken = new IllegalStateException("no token");
        noToken.setStackTrace(
                new StackTraceElement[]{new StackTraceElement("com.azure.identity.ManagedIdentityCredential",
                        "getToken", "ManagedIdentityCredential.java", 1)});
        faulty.failNextOpen(noToken);
        writer(faulty).write(batch(RECORDS));
        assertThat(waited).containsExactly(FailureKind.ENVIRONMENT);
        assertThat(table.rows()).isEqualTo(Table.expected(RECORDS));
    }

    @Test
    void aReplayComparesAndCommitsAndDoesNotMerge() throws Exception {
        database.batchWriter().write(batch(RECORDS));
        FaultyConnections counting = faulty(Integer.MAX_VALUE, new SQLException("never"), false);
        assertThat(writer(counting).write(batch(RECORDS)).counts().unchanged()).isEqualTo(2);
        assertThat(counting.calls()).isEqualTo(2);
    }

    /** What is prepared tells: to look up, to insert and to record; then to insert and to record alone. */
    @Test
    void newRowsBehindNewOnesAreNotLookedUp() throws Exception {
        FaultyConnections counting = faulty(Integer.MAX_VALUE, new SQLException("never"), false);
        BatchWriter writer = writer(counting);
        writer.write(batch(upsert("c", 1, "x"), upsert("d", 1, "x")));
        assertThat(counting.calls()).isEqualTo(4);
        assertThat(writer.write(batch(upsert("e", 1, "x"), upsert("f", 1, "x"))).counts().inserted()).isEqualTo(2);
        assertThat(counting.calls()).isEqualTo(7);
    }

    private FaultyConnections faulty(int call, SQLException failure, boolean afterCommit) {
        return new FaultyConnections(database.dataSource(), failure, call, afterCommit);
    }

    private RetryingBatchWriter writer(Connections connections) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        RetryListener listener = (kind, _, _) -> waited.add(kind);
        Retrier retrier = new Retrier(RetryPolicy.standard(), classifier, new StageStatus(clock), listener, clock,
                _ -> {}, RandomGenerator.getDefault());
        return new RetryingBatchWriter(
                new PoisonIsolation(
                        new StagedBatchWriter(connections, new SqliteStagingTable(true), classifier, WriteListener.NONE,
                                LogBytes.NONE, true),
                        _ -> {}),
                retrier);
    }
}
