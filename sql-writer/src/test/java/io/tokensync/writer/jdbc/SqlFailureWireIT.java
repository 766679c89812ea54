package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.tds.faults.Effect;
import io.tokensync.writer.batch.SqlFailure;

import static io.tokensync.tds.faults.Occasion.login;
import static io.tokensync.tds.faults.Occasion.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What Microsoft's driver makes of errors at a login and in a statement, and what is made of that. */
class SqlFailureWireIT {
    @RegisterExtension
    final WireServer server = new WireServer();

    @ParameterizedTest
    @CsvSource({"983,14,TRANSIENT", "17187,16,TRANSIENT", "35250,16,TRANSIENT", "40892,14,TRANSIENT",
            "45168,16,THROTTLED", "17809,16,THROTTLED", "942,14,ENVIRONMENT", "18461,14,ENVIRONMENT",
            "51234,14,ENVIRONMENT", "51234,20,ENVIRONMENT"})
    void aLoginThatFailsIsWaitedFor(int number, int severity, FailureKind kind) {
        server.endpoint().script().on(login(1).always(), Effect.fail(number, severity));
        try (Database database = Database.open(server.settings(), 1)) {
            SqlFailure failure = catchThrowableOfType(SqlFailure.class, database::ask);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.number()).isEqualTo(number);
            assertThat(failure.mayBeOfARow()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1101,17,ENVIRONMENT,false", "845,17,THROTTLED,false", "3998,16,TRANSIENT,false",
            "824,24,ENVIRONMENT,false", "40174,17,TRANSIENT,false", "51234,11,ENVIRONMENT,true",
            "51234,16,ENVIRONMENT,true", "51234,17,ENVIRONMENT,false", "51234,20,ENVIRONMENT,false"})
    void aStatementThatFailsIsWaitedForAndASevereErrorIsNotARows(int number, int severity, FailureKind kind,
            boolean ofARow) throws Exception {
        try (Database database = Database.open(server.settings(), 1); Connection connection = database.connect()) {
            server.endpoint().script().on(statement("PROBE"), Effect.fail(number, severity));
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 1 AS PROBE");
                }
            });
            SqlFailure failure = database.classifier().beforeCommit(thrown);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.number()).isEqualTo(number);
            assertThat(failure.mayBeOfARow()).isEqualTo(ofARow);
        }
    }
}
