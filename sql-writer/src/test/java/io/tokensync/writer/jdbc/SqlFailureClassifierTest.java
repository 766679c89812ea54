package io.tokensync.writer.jdbc;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

class SqlFailureClassifierTest {
    private final SqlFailureClassifier sqlServer = SqlFailureClassifier.sqlServer();
    private final SqlFailureClassifier h2 = SqlFailureClassifier.h2();

    @ParameterizedTest
    @CsvSource({"40613,TRANSIENT", "40197,TRANSIENT", "4060,TRANSIENT", "596,TRANSIENT", "40501,THROTTLED",
            "10928,THROTTLED", "10929,THROTTLED", "49918,THROTTLED", "49919,THROTTLED", "49920,THROTTLED",
            "8645,THROTTLED", "1205,CONFLICT", "1222,CONFLICT", "3960,CONFLICT", "2627,CONFLICT", "2601,CONFLICT",
            "40549,OVERSIZED", "40550,OVERSIZED", "40551,OVERSIZED", "40552,OVERSIZED", "40553,OVERSIZED",
            "18456,ENVIRONMENT", "40615,ENVIRONMENT", "207,ENVIRONMENT", "208,ENVIRONMENT", "1105,ENVIRONMENT",
            "9002,ENVIRONMENT", "40544,ENVIRONMENT", "229,ENVIRONMENT", "8152,POISON", "2628,POISON", "515,POISON",
            "8114,POISON", "1946,POISON", "2714,ENVIRONMENT", "8672,FATAL", "102,FATAL"})
    void aNumberOfSqlServerHasItsKind(int number, FailureKind kind) {
        assertThat(sqlServer.classify(new SQLException("x", "S0001", number))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"50200,CONFLICT", "40001,CONFLICT", "23505,CONFLICT", "23502,POISON", "22001,POISON", "23513,POISON",
            "42102,ENVIRONMENT", "42122,ENVIRONMENT", "90020,ENVIRONMENT", "90121,TRANSIENT", "90098,TRANSIENT",
            "57014,UNKNOWN_OUTCOME", "42000,FATAL"})
    void aNumberOfH2HasItsKind(int number, FailureKind kind) {
        assertThat(h2.classify(new SQLException("x", "XXXXX", number))).isEqualTo(kind);
    }

    @Test
    void theWholeTableIsRead() {
        assertThat(SqlErrors.of("sqlserver").size()).isGreaterThan(240);
        assertThat(SqlErrors.of("h2").size()).isGreaterThan(35);
    }

    @Test
    void aLostConnectionIsTransientAndAtCommitItsOutcomeIsUnknown() {
        SQLException lost = new SQLException("connection reset", "08S01");
        assertThat(sqlServer.classify(lost)).isEqualTo(FailureKind.TRANSIENT);
        assertThat(sqlServer.atCommit(lost).kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(sqlServer.atCommit(new SQLException("x", "40001", 1205)).kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void anAnswerThatDoesNotComeHasAnUnknownOutcome() {
        assertThat(sqlServer.classify(new SQLTimeoutException("x"))).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(sqlServer.classify(new SQLException("x", "HY008"))).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(sqlServer.classify(new SQLException("x", "HYT00"))).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    @Test
    void theSameSilenceMeansSomethingElseBeforeTheCommitThanAtIt() {
        SQLTimeoutException silence = new SQLTimeoutException("x");
        assertThat(sqlServer.atConnect(silence).kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(sqlServer.beforeCommit(silence).kind()).isEqualTo(FailureKind.OVERSIZED);
        assertThat(sqlServer.atCommit(silence).kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        SQLException canceled = new SQLException("x", "57014", 57014);
        assertThat(h2.beforeCommit(canceled).kind()).isEqualTo(FailureKind.OVERSIZED);
        assertThat(h2.atCommit(canceled).kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    @Test
    void typesCountWhenThereIsNeitherNumberNorState() {
        assertThat(sqlServer.classify(new SQLRecoverableException("x"))).isEqualTo(FailureKind.TRANSIENT);
        assertThat(sqlServer.classify(new SQLTransientConnectionException("x"))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aValueThatTheDriverRefusesIsPoison() {
        assertThat(sqlServer.classify(new SQLException("x", "22003"))).isEqualTo(FailureKind.POISON);
    }

    @Test
    void causesAreWalked() {
        SQLException login = new SQLException("login failed", "S0001", 18456);
        SQLException pool = new SQLTransientConnectionException("pool: not available", "08001", login);
        SqlFailure failure = sqlServer.toFailure(new IllegalStateException(new IOException(pool)));
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.number()).isEqualTo(18456);
        assertThat(failure.sqlState()).isEqualTo("S0001");
    }

    @Test
    void chainedExceptionsAreWalked() {
        BatchUpdateException batch = new BatchUpdateException("batch", null, 0, new int[0]);
        batch.setNextException(new SQLException("first", "S0001", 0));
        batch.getNextException().setNextException(new SQLException("second", "S0001", 2628));
        assertThat(sqlServer.classify(batch)).isEqualTo(FailureKind.POISON);
    }

    @Test
    void aCircleOfCausesEnds() {
        SQLException one = new SQLException("one");
        SQLException two = new SQLException("two", one);
        one.initCause(two);
        one.setNextException(two);
        assertThat(sqlServer.classify(one)).isEqualTo(FailureKind.FATAL);
    }

    @Test
    void whatIsNotInTheTableIsFatalAndItsTextIsNotRepeated() {
        SqlFailure failure = sqlServer.toFailure(new SQLException("secret row value", "S0001", 99999));
        assertThat(failure.kind()).isEqualTo(FailureKind.FATAL);
        assertThat(failure.getMessage()).contains("99999", "S0001").doesNotContain("secret row value");
        assertThat(sqlServer.classify(new IllegalArgumentException("x"))).isEqualTo(FailureKind.FATAL);
    }

    @Test
    void aKnownFailureKeepsItsKind() {
        SqlFailure known = new SqlFailure(FailureKind.THROTTLED, 1, null, "x", null);
        assertThat(sqlServer.classify(known)).isEqualTo(FailureKind.THROTTLED);
        assertThat(known.as(FailureKind.ENVIRONMENT).getMessage()).isEqualTo(known.getMessage());
    }
}
