package io.tokensync.common.retry;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theStandardPolicyIsTheDefaultOfTheSettings() {
        Settings settings = Settings.of(Map.of());
        assertThat(RetryPolicy.from(settings, "writer.retry")).isEqualTo(RetryPolicy.standard());
        settings.check();
    }

    @Test
    void waitsAreConfigurable() {
        Settings settings = Settings
                .of(Map.of("r.first-wait", "1s", "r.longest-wait", "10s", "r.throttled-wait", "2s"));
        RetryPolicy policy = RetryPolicy.from(settings, "r");
        settings.check();
        assertThat(policy.firstWait()).isEqualTo(SECOND);
        assertThat(policy.longestWait()).hasSeconds(10);
        assertThat(policy.throttledWait()).hasSeconds(2);
    }

    @Test
    void waitsOutOfOrderAreAProblem() {
        Settings settings = Settings.of(Map.of("r.first-wait", "2m"));
        assertThat(RetryPolicy.from(settings, "r")).isEqualTo(RetryPolicy.standard());
        assertThatThrownBy(settings::check).isInstanceOf(ConfigException.class).hasMessageContaining("1 problem")
                .hasMessageContaining("r.first-wait").hasMessageContaining("r.longest-wait, which is 60s");
    }

    @Test
    void aBoundShortensAllWaits() {
        RetryPolicy bounded = RetryPolicy.standard().atMost(Duration.ofMillis(5));
        assertThat(List.of(bounded.firstWait(), bounded.longestWait(), bounded.throttledWait(),
                bounded.longestConflictWait(), bounded.probes().getLast())).containsOnly(Duration.ofMillis(5));
    }

    @Test
    void aPolicyCannotBeInvalid() {
        List<Duration> probes = List.of(SECOND);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND, SECOND, SECOND, SECOND, -1, probes))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND, SECOND, SECOND, SECOND, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, SECOND, SECOND, SECOND, SECOND, 1, probes))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(SECOND, SECOND, SECOND, SECOND.plusMillis(1), SECOND, 1, probes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
