package io.tokensync.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsFileTest {
    @TempDir
    Path dir;

    @Test
    void nestedAndDottedKeysAreTheSame() throws IOException {
        Settings settings = load("""
                # a comment
                writer:
                  batch:
                    rows: 500
                  sql.url: "jdbc:sqlite:x.db"
                kafka.properties:
                  security.protocol: SSL
                  retries: 007
                nodes: [ "/a", /b ]
                """);
        assertThat(settings.get(TestKeys.integer("writer.batch.rows", 1, 1, 1000))).isEqualTo(500);
        assertThat(settings.require(TestKeys.text("writer.sql.url"), "")).isEqualTo("jdbc:sqlite:x.db");
        assertThat(settings.map(TestKeys.map("kafka.properties")))
                .isEqualTo(Map.of("security.protocol", "SSL", "retries", "007"));
        assertThat(settings.get(TestKeys.texts("nodes", List.of()))).containsExactly("/a", "/b");
        settings.check();
        assertThat(settings.effective().getFirst().source()).isEqualTo("line 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "1_000", "0x1F", "0o17", "1e3", "+5", "True", "yes", "2026-01-02", "1:30", "'a b'",
            ".5", "12345678901234567890123"})
    void textsAreKeptAsTheyAreWritten(String text) throws IOException {
        Settings settings = load("password: " + text + "\n");
        assertThat(settings.require(TestKeys.secret("password"), Secret.of("")).reveal())
                .isEqualTo(text.replace("'", ""));
    }

    @Test
    void anEmptyFileIsNoSettings() throws IOException {
        load("").check();
        load("# nothing\n").check();
        load("---\n").check();
    }

    @Test
    void unknownKeysHaveTheirLine() throws IOException {
        Settings settings = load("writer:\n  batch:\n    row: 5\n");
        settings.get(TestKeys.integer("writer.batch.rows", 1, 1, 9));
        assertThat(problemsOf(settings))
                .containsExactly("writer.batch.row (line 3): unknown key; did you mean writer.batch.rows?");
    }

    @Test
    void whatIsSetTwiceIsAProblem() throws IOException {
        Settings settings = load("a: 1\na: 2\nb:\n  c: 1\nb.c: 2\nd:\n  x: 1\nd:\n  y: 1\n");
        List.of("a", "b.c", "d.x", "d.y").forEach(key -> settings.find(TestKeys.text(key)));
        assertThat(problemsOf(settings)).containsExactly("a (line 2): the key is there twice; leave one",
                "a: set twice, at line 1 and line 2; leave one", "b.c: set twice, at line 4 and line 5; leave one",
                "d (line 8): the key is there twice; leave one");
    }

    @Test
    void oddThingsAreProblems() throws IOException {
        Settings settings = load("a:\nb: null\nc: &x 5\nd: *x\ne:\n  - f: 1\n  - [2]\n  - ~\n---\nsecond: 1\n");
        List.of("a", "b", "c", "d", "e").forEach(key -> settings.find(TestKeys.text(key)));
        assertThat(problemsOf(settings)).anyMatch(p -> p.startsWith("a (line 1): has no value"))
                .anyMatch(p -> p.startsWith("b (line 2): has no value"))
                .anyMatch(p -> p.startsWith("d (line 4): aliases are not supported"))
                .anyMatch(p -> p.startsWith("e (line 6): an item of the list is not a text"))
                .anyMatch(p -> p.contains("a second document"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "just text\n", "42\n"})
    void aFileMustHoldKeys(String yaml) throws IOException {
        assertThat(problemsOf(load(yaml))).singleElement().asString().contains("must hold keys with values");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = dir.resolve("missing.yaml");
        assertThatThrownBy(() -> Settings.load(missing, Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining(missing.toString()).hasMessageContaining("no such file");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> Settings.load(dir, Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining(dir.toString()).hasMessageContaining("cannot be read");
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Path file = Files.write(dir.resolve("latin1.yaml"), new byte[]{'a', ':', ' ', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> Settings.load(file, Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\nb: \"HUNTER2\nc: 1\n", "a: 1\n\tHUNTER2: x\n", "a: 1\nb: [HUNTER2\n",
            "a: 1\n  HUNTER2: x\n", "a: 1\nb: @HUNTER2\n", "a: 1\nb: !!binary HUNTER2: x: y\n", "a: 1\nHUNTER2\n",
            "a: {HUNTER2\n", "a: \"\\qHUNTER2\"\n", "%HUNTER2 1\n", "a: *HUNTER2 x\nb\n", "a: !<HUNTER2 1\n"})
    void invalidYamlHasItsLineAndIsNotQuoted(String yaml) throws IOException {
        Path file = Files.writeString(dir.resolve("bad.yaml"), yaml);
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> Settings.load(file, Map.of()));
        assertThat(failure).isNotNull().hasNoCause().hasMessageContaining(file.toString())
                .hasMessageContaining("line ").hasMessageContaining("not valid YAML");
        assertThat(failure.toString()).doesNotContain("HUNTER2");
    }

    private Settings load(String yaml) throws IOException {
        return Settings.load(Files.writeString(dir.resolve("settings.yaml"), yaml), Map.of());
    }

    private static List<String> problemsOf(Settings settings) {
        return catchThrowableOfType(ConfigException.class, settings::check).problems();
    }
}
