package io.tokensync.writer.jdbc;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

class SqlFailureClassifierTest {
    private final SqlFailureClassifier sqlServer = SqlFailureClassifier.sqlServer();
    private final SqlFailureClassifier sqlite = SqlFailureClassifier.sqlite();

    @ParameterizedTest
    @CsvSource({"40613,TRANSIENT", "40197,TRANSIENT", "4060,TRANSIENT", "596,TRANSIENT", "40501,THROTTLED",
            "10928,THROTTLED", "10929,THROTTLED", "49918,THROTTLED", "49919,THROTTLED", "49920,THROTTLED",
            "8645,THROTTLED", "1205,CONFLICT", "1222,CONFLICT", "3960,CONFLICT", "2627,CONFLICT", "2601,CONFLICT",
            "40549,OVERSIZED", "40550,OVERSIZED", "40551,OVERSIZED", "40552,OVERSIZED", "40553,OVERSIZED",
            "18456,ENVIRONMENT", "40615,ENVIRONMENT", "207,ENVIRONMENT", "208,ENVIRONMENT", "1105,ENVIRONMENT",
            "9002,ENVIRONMENT", "40544,ENVIRONMENT", "229,ENVIRONMENT", "8152,POISON", "2628,POISON", "515,POISON",
            "8114,POISON", "1946,POISON", "2714,ENVIRONMENT", "8672,FATAL"})
    void aNumberOfSqlServerHasItsKind(int number, FailureKind kind) {
        assertThat(sqlServer.classify(new SQLException("x", "S0001", number))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"5,CONFLICT", "6,CONFLICT", "19,POISON", "20,POISON", "18,POISON", "1,ENVIRONMENT", "8,ENVIRONMENT",
            "10,ENVIRONMENT", "11,ENVIRONMENT", "13,ENVIRONMENT", "14,ENVIRONMENT", "26,ENVIRONMENT",
            "9,UNKNOWN_OUTCOME"})
    void aNumberOfSqliteHasItsKind(int number, FailureKind kind) {
        assertThat(sqlite.classify(new SQLException("x", null, number))).isEqualTo(kind);
    }

    /** What was met in the field and no table knew. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRANSIENT     | 922 944 954 955 956 957 958 960 961 962 968 976 983 985 986 17187 17188 35250 35262
            ENVIRONMENT   | 923 924 942 943 945 959 963 984 987 18451 18461
            ENVIRONMENT   | 1101 5149 1124
            THROTTLED     | 708 845 846 847 17189 17300 17803 17809 8623
            TRANSIENT     | 5144 5145
            TRANSIENT     | 4002 4014 3989 3930 3971 3998 18056 18061
            TRANSIENT     | 40627 40892 40925 40870 40174 40133 40138 40149
            ENVIRONMENT   | 40628
            THROTTLED     | 45168
            ENVIRONMENT   | 605 823 824 825 3624
            TRANSIENT     | 2 53
            UNKNOWN_OUTCOME | -2
            """)
    void anOutageOfTheFieldHasItsKind(FailureKind kind, String numbers) {
        for (String number : numbers.split(" ", -1)) {
            SQLException failure = new SQLException("x", "S0001", Integer.parseInt(number));
            assertThat(sqlServer.classify(failure)).as(number).isEqualTo(kind);
        }
    }

    /** Only what this program alone can be the cause of. */
    @Test
    void noNumberOfADatabaseIsTheEndOfTheProcess() {
        for (int number = -10; number < 60_000; number++) {
            SQLException failure = new SQLException("x", "S0001", number);
            assertThat(sqlServer.classify(failure) == FailureKind.FATAL).as("%d", number).isEqualTo(number == 8672);
        }
        for (int number = -10; number < 10_000; number++) {
            assertThat(sqlite.classify(new SQLException("x", null, number))).as("%d", number)
                    .isNotEqualTo(FailureKind.FATAL);
        }
    }

    @Test
    void theWholeTableIsRead() {
        assertThat(SqlErrors.of("sqlserver").size()).isGreaterThan(310);
        assertThat(SqlErrors.of("sqlite").size()).isGreaterThan(18);
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
        SQLException canceled = new SQLException("x", null, 9);
        assertThat(sqlite.beforeCommit(canceled).kind()).isEqualTo(FailureKind.OVERSIZED);
        assertThat(sqlite.atCommit(canceled).kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    @Test
    void typesCountWhenThereIsNeitherNumberNorState() {
        assertThat(sqlServer.classify(new SQLRecoverableException("x"))).isEqualTo(FailureKind.TRANSIENT);
        assertThat(sqlServer.classify(new SQLTransientConnectionException("x"))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aValueThatTheDriverRejectsIsPoison() {
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
        assertThat(sqlServer.classify(one)).isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void whatIsNotInTheTableIsWaitedForAndItsTextIsNotRepeated() {
        SqlFailure failure = sqlServer.toFailure(new SQLException("secret row value", "S0001", 99999));
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure.isUnknown()).isTrue();
        assertThat(failure.getMessage()).contains("99999", "S0001").doesNotContain("secret row value");
    }

    @Test
    void ofAnUnknownErrorOnlyTheOneOfAStatementMayBeAboutARow() {
        SQLException failure = new SQLException("x", "S0001", 99999);
        assertThat(sqlServer.beforeCommit(failure).mayBeOfARow()).isTrue();
        assertThat(sqlServer.atConnect(failure).mayBeOfARow()).isFalse();
        assertThat(sqlServer.atCommit(failure).mayBeOfARow()).isFalse();
        assertThat(sqlServer.beforeCommit(new SQLException("x", "S0001", 1105)).mayBeOfARow()).isFalse();
        for (SQLException other : List.of(new SQLException("no state"), new SQLException("x", "08S01", 99999))) {
            assertThat(sqlServer.beforeCommit(other).mayBeOfARow()).as(other.toString()).isFalse();
            assertThat(sqlServer.beforeCommit(other).kind()).as(other.toString()).isEqualTo(FailureKind.ENVIRONMENT);
        }
    }

    @Test
    void anExceptionOfThisProgramIsADefectAndOneOfTheDriverIsNot() {
        RuntimeException ours = new IllegalArgumentException("x");
        assertThat(sqlServer.classify(ours)).isEqualTo(FailureKind.FATAL);
        RuntimeException theirs = new NullPointerException("x");
        theirs.setStackTrace(new StackTraceElement[]{
                new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 1),
                new StackTraceElement("com.microsoft.sqlserver.jdbc.TDSReader", "read", "IOBuffer.java", 1),
                new StackTraceElement("io.tokensync.writer.jdbc.SqlServerStagingTable", "load", "SqlServerStage.java",
                        1)});
        assertThat(sqlServer.classify(theirs)).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(sqlServer.atConnect(theirs).kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(sqlServer.atConnect(ours).kind()).isEqualTo(FailureKind.FATAL);
    }

    @Test
    void aKnownFailureKeepsItsKind() {
        SqlFailure known = new SqlFailure(FailureKind.THROTTLED, 1, null, "x", null);
        assertThat(sqlServer.classify(known)).isEqualTo(FailureKind.THROTTLED);
        assertThat(known.as(FailureKind.ENVIRONMENT).getMessage()).isEqualTo(known.getMessage());
    }
}
