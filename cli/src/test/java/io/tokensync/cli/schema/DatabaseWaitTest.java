package io.tokensync.cli.schema;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseWaitTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Deque<SqlFailure> failures = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private int tries;

    @Test
    void aDatabaseThatIsThereIsNotWaitedFor() throws Exception {
        waiting(Duration.ofMinutes(2)).until(this::ask);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aDatabaseThatComesIsWaitedForAndNamed() throws Exception {
        failures.addAll(List.of(away(), failure(FailureKind.THROTTLED), failure(FailureKind.ENVIRONMENT).unknown()));
        waiting(Duration.ofMinutes(2)).until(this::ask);
        assertThat(tries).isEqualTo(4);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(3).allMatch(line -> line
                .startsWith("waiting for database tokens on sql.example.com since ") && line.contains("as told"));
    }

    @Test
    void oneThatDoesNotComeIsGivenUp() {
        assertThatThrownBy(() -> waiting(Duration.ofMinutes(2)).until(() -> {
            tries++;
            throw away();
        })).isInstanceOf(SqlFailure.class);
        assertThat(Duration.between(Instant.EPOCH, now)).isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2));
        assertThat(tries).isBetween(10, 20);
    }

    @Test
    void zeroIsNotAtAll() {
        failures.add(away());
        assertThatThrownBy(() -> waiting(Duration.ZERO).until(this::ask)).isInstanceOf(SqlFailure.class);
        assertThat(tries).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, names = {"ENVIRONMENT", "POISON", "FATAL"})
    void whatWaitingDoesNotHelpIsSaidAtOnce(FailureKind kind) {
        failures.add(failure(kind));
        assertThatThrownBy(() -> waiting(Duration.ofMinutes(2)).until(this::ask)).isInstanceOf(SqlFailure.class);
        assertThat(tries).isOne();
    }

    private void ask() throws SqlFailure {
        tries++;
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
    }

    private DatabaseWait waiting(Duration bound) {
        return new DatabaseWait("database tokens on sql.example.com", bound,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                ((InstantSource) () -> now).withZone(ZoneOffset.UTC), this::pass);
    }

    private void pass(Duration wait) {
        now = now.plus(wait);
    }

    private static SqlFailure away() {
        return failure(FailureKind.TRANSIENT).whileConnecting();
    }

    private static SqlFailure failure(FailureKind kind) {
        return new SqlFailure(kind, 4711, "S0001", "as told", null);
    }
}
