package io.tokensync.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {

    private enum Mode {
        READ_ONLY,
        FULL
    }

    private record Limits(int low, int high) {
        Limits {
            if (low > high) {
                throw new IllegalArgumentException("limits.low must not be above limits.high");
            }
        }
    }

    private record Whole(Limits limits, String name) {
        Whole {
            Objects.requireNonNull(limits);
        }
    }

    @Test
    void defaultsAreUsedWhereNothingIsSet() {
        Settings settings = Settings.of(Map.of());
        assertThat(settings.get(TestKeys.text("a", "b"))).isEqualTo("b");
        assertThat(settings.find(TestKeys.text("a1"))).isEmpty();
        assertThat(settings.get(TestKeys.integer("c", 7, 1, 9))).isEqualTo(7);
        assertThat(settings.get(TestKeys.bytes("d", 1024))).isEqualTo(1024);
        assertThat(settings.get(TestKeys.flag("e", true))).isTrue();
        assertThat(settings.get(TestKeys.duration("f", Duration.ofSeconds(3)))).hasSeconds(3);
        assertThat(settings.get(TestKeys.ratio("g", 0.25))).isEqualTo(0.25);
        assertThat(settings.get(TestKeys.path("h", Path.of("x")))).isEqualTo(Path.of("x"));
        assertThat(settings.get(TestKeys.paths("i"))).isEmpty();
        assertThat(settings.get(TestKeys.texts("j", List.of("k")))).containsExactly("k");
        assertThat(settings.find(TestKeys.uri("l"))).isEmpty();
        assertThat(settings.get(TestKeys.uris("m"))).isEmpty();
        assertThat(settings.get(TestKeys.choice("n", Mode.class, Mode.FULL))).isEqualTo(Mode.FULL);
        assertThat(settings.find(TestKeys.secret("o"))).isEmpty();
        assertThat(settings.map(TestKeys.map("p"))).isEmpty();
        settings.check();
    }

    @Test
    void valuesAreRead() {
        Settings settings = Settings.of(Map.ofEntries(Map.entry("text", "t"), Map.entry("integer", 5),
                Map.entry("bytes", "8MiB"), Map.entry("flag", "false"), Map.entry("duration", "250ms"),
                Map.entry("ratio", "0.2"), Map.entry("path", "/a/b"), Map.entry("paths", List.of("/a", "b")),
                Map.entry("texts", "x, y ,z"), Map.entry("uri", "http://127.0.0.1:5001"),
                Map.entry("uris", "http://a,https://b/c"), Map.entry("choice", "read-only"),
                Map.entry("secret", "hunter2"), Map.entry("kafka.properties.security.protocol", "SSL")));
        assertThat(settings.require(TestKeys.text("text"), "")).isEqualTo("t");
        assertThat(settings.get(TestKeys.integer("integer", 1, 1, 5))).isEqualTo(5);
        assertThat(settings.get(TestKeys.bytes("bytes", 1))).isEqualTo(8 << 20);
        assertThat(settings.get(TestKeys.flag("flag", true))).isFalse();
        assertThat(settings.get(TestKeys.duration("duration", Duration.ZERO))).hasMillis(250);
        assertThat(settings.get(TestKeys.ratio("ratio", 1))).isEqualTo(0.2);
        assertThat(settings.find(TestKeys.path("path"))).contains(Path.of("/a/b"));
        assertThat(settings.get(TestKeys.paths("paths"))).containsExactly(Path.of("/a"), Path.of("b"));
        assertThat(settings.get(TestKeys.texts("texts", List.of()))).containsExactly("x", "y", "z");
        assertThat(settings.find(TestKeys.uri("uri"))).contains(URI.create("http://127.0.0.1:5001"));
        assertThat(settings.get(TestKeys.uris("uris"))).containsExactly(URI.create("http://a"),
                URI.create("https://b/c"));
        assertThat(settings.get(TestKeys.choice("choice", Mode.class, Mode.FULL))).isEqualTo(Mode.READ_ONLY);
        assertThat(settings.require(TestKeys.secret("secret"), Secret.of("")).reveal()).isEqualTo("hunter2");
        assertThat(settings.map(TestKeys.map("kafka.properties")))
                .containsExactly(Map.entry("security.protocol", "SSL"));
        settings.check();
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("batch.rows", 0);
        wrong.put("batch.wait", "30");
        wrong.put("batch.bytes", "8MB");
        wrong.put("batch.ratio", "1.5");
        wrong.put("batch.flag", "yes");
        wrong.put("batch.mode", "READ_ONLY");
        wrong.put("batch.uri", "localhost:5001");
        wrong.put("batch.list", List.of("a"));
        wrong.put("batch.row", 5);
        Settings settings = Settings.of(wrong);
        settings.get(TestKeys.integer("batch.rows", 10, 1, 100));
        settings.get(TestKeys.duration("batch.wait", Duration.ZERO));
        settings.get(TestKeys.bytes("batch.bytes", 1));
        settings.get(TestKeys.ratio("batch.ratio", 1));
        settings.get(TestKeys.flag("batch.flag", true));
        settings.get(TestKeys.choice("batch.mode", Mode.class, Mode.FULL));
        settings.find(TestKeys.uri("batch.uri"));
        settings.get(TestKeys.text("batch.list", ""));
        settings.require(TestKeys.text("batch.name"), "");
        assertThat(problemsOf(settings)).hasSize(10).satisfiesExactly(
                p -> assertThat(p).isEqualTo("batch.rows = 0 (given): must be a whole number from 1 to 100"),
                p -> assertThat(p).startsWith("batch.wait = 30 (given): must be a whole number with a unit of ms,"),
                p -> assertThat(p).startsWith("batch.bytes = 8MB (given): must be a whole number with a unit of B,"),
                p -> assertThat(p).isEqualTo("batch.ratio = 1.5 (given): must be a number from 0 to 1, such as 0.2"),
                p -> assertThat(p).isEqualTo("batch.flag = yes (given): must be true or false"),
                p -> assertThat(p).isEqualTo("batch.mode = READ_ONLY (given): must be one of read-only, full"),
                p -> assertThat(p).startsWith("batch.uri = localhost:5001 (given): must be an absolute address"),
                p -> assertThat(p).startsWith("batch.list = a (given): must be a text"),
                p -> assertThat(p).isEqualTo("batch.name: missing"),
                p -> assertThat(p).isEqualTo("batch.row (given): unknown key; did you mean batch.rows?"));
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "1ms, 1", "250 ms, 250", "30s, 30000", "5m, 300000", "6h, 21600000", "7d, 604800000"})
    void durationsHaveUnits(String text, long millis) {
        assertThat(Settings.of(Map.of("d", text)).get(TestKeys.duration("d", Duration.ofDays(9)))).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1S", "1 min", "1us", "99999999999999999999s",
            "999999999999999999d", "1s1s", " 1s", "１s"})
    void otherDurationsAreProblems(String text) {
        Settings settings = Settings.of(Map.of("d", text));
        settings.get(TestKeys.duration("d", Duration.ZERO));
        assertThat(problemsOf(settings)).hasSize(1).first().asString().startsWith("d = ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8MB", "8mib", "8 mB", "-8MiB", "8.5MiB", "999999999999999999GiB"})
    void otherSizesAreProblems(String text) {
        Settings settings = Settings.of(Map.of("b", text));
        settings.get(TestKeys.bytes("b", 1));
        assertThat(problemsOf(settings)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-0.1", "1.0001", "20%", "1e-3", "NaN", "Infinity", ".5", "0,5"})
    void otherRatiosAreProblems(String text) {
        Settings settings = Settings.of(Map.of("r", text));
        settings.get(TestKeys.ratio("r", 1));
        assertThat(problemsOf(settings)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", "0x10", "1_000", "2147483648", "-1", "101", " 5"})
    void otherIntegersAreProblems(String text) {
        Settings settings = Settings.of(Map.of("i", text));
        settings.get(TestKeys.integer("i", 1, 0, 100));
        assertThat(problemsOf(settings)).hasSize(1);
    }

    @Test
    void whatARecordRejectsIsAProblem() {
        Settings settings = Settings.of(Map.of("limits.low", 5, "limits.high", 3));
        Optional<Limits> limits = settings.build(() -> limits(settings));
        assertThat(limits).isEmpty();
        assertThat(problemsOf(settings)).containsExactly("limits.low must not be above limits.high");
    }

    @Test
    void aPartThatCannotBeBuiltHidesNoOtherProblem() {
        Settings settings = Settings.of(Map.of("limits.low", "x", "limits.high", 3, "name", " "));
        Optional<Limits> limits = settings.build(() -> limits(settings));
        Optional<Whole> whole = settings
                .build(() -> new Whole(limits.orElse(null), settings.require(TestKeys.text("name"), "")));
        assertThat(whole).isEmpty();
        assertThat(problemsOf(settings)).hasSize(2).anyMatch(p -> p.startsWith("limits.low = x"))
                .anyMatch(p -> p.startsWith("name = "));
    }

    @Test
    void aMistakeOfTheProgramIsNotAProblemOfTheSettings() {
        Settings settings = Settings.of(Map.of());
        assertThatThrownBy(() -> settings.build(() -> new Whole(null, settings.get(TestKeys.text("name", "n")))))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void askingTwiceReportsOnce() {
        Settings settings = Settings.of(Map.of("i", "x"));
        settings.get(TestKeys.integer("i", 1, 0, 9));
        settings.get(TestKeys.integer("i", 1, 0, 9));
        settings.require(TestKeys.text("t"), "");
        settings.require(TestKeys.text("t"), "");
        assertThat(problemsOf(settings)).hasSize(2);
    }

    @Test
    void anUnknownKeyThatIsLikeNoOtherIsNotGuessedAt() {
        Settings settings = Settings.of(Map.of("zzzzzzzz.yyyy", 1));
        settings.get(TestKeys.text("writer.batch", ""));
        assertThat(problemsOf(settings)).containsExactly("zzzzzzzz.yyyy (given): unknown key; remove it");
    }

    @Test
    void theEffectiveSettingsTellValueAndSource() {
        Settings settings = Settings.of(Map.of("given", "1s"));
        settings.get(TestKeys.duration("given", Duration.ZERO));
        settings.get(TestKeys.bytes("by-default", 8 << 20));
        settings.find(TestKeys.text("nowhere"));
        assertThat(settings.effective()).containsExactly(new EffectiveSetting("given", "1s", "given"),
                new EffectiveSetting("by-default", "8MiB", "default"), new EffectiveSetting("nowhere", "", "not set"));
        assertThat(settings.describe()).isEqualToNormalizingNewlines("""
                given       1s    given
                by-default  8MiB  default
                nowhere           not set
                """);
    }

    @Test
    void theMessageNamesTheOriginAndCounts() {
        Settings settings = Settings.of(Map.of("a", 1, "b", 2));
        assertThatThrownBy(settings::check).hasMessageStartingWith("settings: 2 problems")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(3));
    }

    private static Limits limits(Settings settings) {
        return new Limits(settings.get(TestKeys.integer("limits.low", 1, 0, 9)),
                settings.get(TestKeys.integer("limits.high", 9, 0, 9)));
    }

    private static List<String> problemsOf(Settings settings) {
        return catchThrowableOfType(ConfigException.class, settings::check).problems();
    }
}
