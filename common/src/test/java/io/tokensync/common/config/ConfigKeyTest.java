package io.tokensync.common.config;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigKeyTest {
    private static final ConfigKey<Duration> WAIT = TestKeys.duration("a.wait", Duration.ofSeconds(2))
            .within(Bounds.of(Duration.ofMillis(1), Duration.ofMinutes(1)));

    @ParameterizedTest
    @CsvSource({"1ms", "1m", "60s"})
    void boundsAreIncluded(String text) {
        Settings settings = Settings.of(Map.of("a.wait", text));
        assertThat(settings.get(WAIT)).isPositive();
        settings.check();
    }

    @ParameterizedTest
    @CsvSource({"0s", "61s"})
    void whatIsBeyondTheBoundsIsAProblemWithItsPlace(String text) {
        Settings settings = Settings.of(Map.of(), Map.of("TOKENSYNC_A_WAIT", text));
        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(settings::check).hasMessageContaining("a.wait = " + text + " (TOKENSYNC_A_WAIT): must be a")
                .hasMessageEndingWith("; longer than zero and at most 1m");
    }

    @Test
    void aRecordThatIsBuiltInOtherWaysIsHeldToTheSameBounds() {
        assertThat(WAIT.require(Duration.ofMinutes(1))).hasMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> WAIT.require(Duration.ofMinutes(2)))
                .withMessage("a.wait must be longer than zero and at most 1m, not 2m");
        assertThatIllegalArgumentException().isThrownBy(() -> TestKeys.integer("n", 1, 1, 9).require(10))
                .withMessage("n must be from 1 to 9, not 10");
    }

    @Test
    void theKeysOfATemplateStandBelowEachPrefixThatIncludesThem() {
        KeySection template = KeySection.template();
        ConfigKey<Boolean> flag = template.add(TestKeys.flag("flag", true));
        KeySection one = KeySection.of("one").include("more", template);
        assertThat(one.keys()).containsExactly(flag.below("one.more"));
        assertThat(one.keys().getFirst().variable()).isEqualTo("TOKENSYNC_ONE_MORE_FLAG");
    }

    @Test
    void whatIsInUseIsShownInPlaceOfWhatIsWrittenAndWhoDecidedSo() {
        Settings settings = Settings.of(Map.of("a.wait", "3s", "a.secret", "hunter2"));
        settings.get(WAIT);
        settings.find(TestKeys.secret("a.secret"));
        settings.inUse(WAIT, "3s", "the address");
        assertThat(settings.effective().getFirst()).isEqualTo(new EffectiveSetting("a.wait", "3s", "given"));
        settings.inUse(WAIT, "9s", "the address");
        settings.inUse(TestKeys.secret("a.secret"), "jdbc:x;host=h;password=hunter2");
        assertThat(settings.effective()).containsExactly(new EffectiveSetting("a.wait", "9s", "the address"),
                new EffectiveSetting("a.secret", "jdbc:x;host=h;password=********", "given"));
    }
}
