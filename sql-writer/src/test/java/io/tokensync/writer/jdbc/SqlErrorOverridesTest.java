package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Settings;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlErrorOverridesTest {
    @Test
    void aNumberMeansWhatTheConfigurationSays() {
        Settings settings = Settings
                .of(Map.of("writer.errors.50001", "transient", "writer.errors.547", "Unknown-Outcome"));
        SqlErrorOverrides overrides = SqlErrorOverrides.from(settings);
        settings.check();
        assertThat(overrides.kinds()).isEqualTo(
                Map.of(50001, FailureKind.TRANSIENT, 547, FailureKind.UNKNOWN_OUTCOME));

        SqlFailureClassifier classifier = SqlFailureClassifier.of(Dialect.SQL_SERVER, overrides);
        assertThat(classifier.classify(new SQLException("x", "S0001", 50001))).isEqualTo(FailureKind.TRANSIENT);
        assertThat(classifier.classify(new SQLException("x", "S0001", 547))).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(classifier.classify(new SQLException("x", "S0001", 1205))).isEqualTo(FailureKind.CONFLICT);
        assertThat(classifier.toFailure(new SQLException("x", "S0001", 547)).getMessage())
                .as("the meaning stays that of the table").contains("constraint rejects the row");
    }

    @Test
    void withoutKeysTheTableHolds() {
        Settings settings = Settings.of(Map.of());
        assertThat(SqlErrorOverrides.from(settings)).isEqualTo(SqlErrorOverrides.NONE);
    }

    @Test
    void whatIsNoNumberOrNoKindIsAProblemEach() {
        Settings settings = Settings
                .of(Map.of("writer.errors.deadlock", "conflict", "writer.errors.1205", "sometimes"));
        SqlErrorOverrides.from(settings);
        assertThatThrownBy(settings::check).hasMessageContaining("writer.errors.deadlock")
                .hasMessageContaining("writer.errors.1205 = sometimes").hasMessageContaining("unknown-outcome");
    }
}
