package io.tokensync.writer.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.testkit.property.Property;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PoisonIsolationTest {
    private final ScriptedBatchWriter database = new ScriptedBatchWriter().reject(PoisonIsolationTest::isPoison);
    private final List<SqlFailure> told = new ArrayList<>();
    private final BatchWriter isolation = new PoisonIsolation(database, told::add);

    @Test
    void aCleanBatchIsWrittenAtOnce() throws Exception {
        assertThat(isolation.write(rows(100)).counts().inserted()).isEqualTo(100);
        assertThat(database.calls).containsExactly(100);
    }

    @Test
    void exactlyThePoisonousRecordsAreRejected() {
        Property.forAll(200, gen -> {
            ScriptedBatchWriter table = new ScriptedBatchWriter().reject(PoisonIsolationTest::isPoison);
            List<TokenRecord> records = IntStream.range(0, gen.integer(1, 40))
                    .mapToObj(i -> upsert("t" + gen.integer(0, 20), i + 1, gen.percent(15) ? "poison" : "good"))
                    .toList();
            WriteOutcome outcome = new PoisonIsolation(table, _ -> {}).write(batch(records));
            assertThat(outcome.rejected()).extracting(rejected -> rejected.received().record())
                    .allMatch(record -> isPoison(TokenState.of(record)));
            assertThat(table.table.values()).noneMatch(PoisonIsolationTest::isPoison);
            long kept = records.stream().filter(record -> !isPoison(TokenState.of(record)))
                    .map(TokenRecord::key).distinct().count();
            assertThat(table.table).hasSize((int) kept);
        });
    }

    @Test
    void findingOneCulpritTakesALogarithmOfCalls() throws Exception {
        List<TokenRecord> records = IntStream.range(0, 1024)
                .mapToObj(i -> upsert("t" + i, 1, i == 700 ? "poison" : "good")).toList();
        WriteOutcome outcome = isolation.write(batch(records));
        assertThat(outcome.rejected()).hasSize(1);
        assertThat(outcome.rejected().getFirst().cause().number()).isEqualTo(4711);
        assertThat(outcome.counts().inserted()).isEqualTo(1023);
        assertThat(database.calls).hasSize(21);
    }

    @Test
    void aBatchThatIsTooLargeIsHalved() throws Exception {
        database.atMost(30);
        assertThat(isolation.write(rows(100)).counts().inserted()).isEqualTo(100);
        assertThat(database.calls).startsWith(100, 50, 25, 25, 50);
        assertThat(told).hasSize(3).allMatch(failure -> failure.kind() == FailureKind.OVERSIZED);
    }

    @Test
    void oneRecordThatIsTooMuchIsNotTheRecordsFault() {
        database.atMost(0);
        SqlFailure failure = failure(rows(4));
        assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void whenMoreThanAFifthLooksPoisonousTheSchemaHasDrifted() {
        List<TokenRecord> records = IntStream.range(0, 50)
                .mapToObj(i -> upsert("t" + i, 1, i % 4 == 0 ? "poison" : "x"))
                .toList();
        assertThat(failure(batch(records)).kind()).isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void aFifthIsStillPoison() throws Exception {
        List<TokenRecord> records = IntStream.range(0, 50)
                .mapToObj(i -> upsert("t" + i, 1, i % 5 == 0 ? "poison" : "x"))
                .toList();
        assertThat(isolation.write(batch(records)).rejected()).hasSize(10);
    }

    @Test
    void aSmallBatchMayBePoisonAltogether() throws Exception {
        List<TokenRecord> records = IntStream.range(0, 49).mapToObj(i -> upsert("t" + i, 1, "poison")).toList();
        assertThat(isolation.write(batch(records)).rejected()).hasSize(49);
    }

    @Test
    void anErrorThatNobodyKnowsHoldsUpItsRecordAloneAndIsNotDeadLettered() {
        database.unheardOf(state -> state.key().tokenId().equals("t700"));
        SqlFailure failure = failure(rows(1024));
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.getMessage()).contains(Records.TOPIC + "-0@700", "writer.errors.4711: poison");
        assertThat(database.table).hasSize(1023);
        assertThat(database.calls).hasSize(21);
    }

    @Test
    void anErrorThatNobodyKnowsAndThatMeetsEveryRecordIsNotTriedOnEach() {
        database.unheardOf(_ -> true);
        assertThat(failure(rows(1024)).kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(database.table).isEmpty();
        assertThat(database.calls).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, names = {"TRANSIENT", "THROTTLED", "CONFLICT", "ENVIRONMENT",
            "UNKNOWN_OUTCOME", "FATAL"})
    void otherFailuresAreNotHelpedByDividing(FailureKind kind) {
        database.failNext(kind);
        assertThat(failure(rows(10)).kind()).isEqualTo(kind);
        assertThat(database.calls).containsExactly(10);
    }

    private static boolean isPoison(TokenState state) {
        return state.row().fields().did().equals("poison");
    }

    private SqlFailure failure(TokenBatch batch) {
        return catchThrowableOfType(SqlFailure.class, () -> isolation.write(batch));
    }

    private static TokenBatch rows(int count) {
        return batch(IntStream.range(0, count).mapToObj(i -> upsert("t" + i, 1, "good")).toList());
    }
}
