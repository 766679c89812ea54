package io.tokensync.common.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tries to make a secret leak. */
class SecretTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path dir;

    private record Holder(String user, Secret password) {}

    @Test
    void isNotInAnyText() {
        Secret secret = Secret.of(SECRET);
        assertThat(secret.toString()).doesNotContain(SECRET);
        assertThat(new Holder("sa", secret).toString()).doesNotContain(SECRET);
        assertThat(String.valueOf(Map.of("k", List.of(secret)))).doesNotContain(SECRET);
        assertThat(String.format("%s", secret)).doesNotContain(SECRET);
    }

    @Test
    void isNotInJson() {
        JsonMapper json = JsonMapper.builder().build();
        assertThat(json.writeValueAsString(new Holder("sa", Secret.of(SECRET)))).doesNotContain(SECRET);
    }

    @Test
    void isEqualToTheSameSecretOnlyAndHasNoTellingHash() {
        assertThat(Secret.of(SECRET)).isEqualTo(Secret.of(SECRET)).isNotEqualTo(Secret.of("other"));
        assertThat(Secret.of(SECRET)).hasSameHashCodeAs(Secret.of("other"));
    }

    @Test
    void isNotInTheDescriptionOfTheSettings() throws IOException {
        Path file = Files.writeString(dir.resolve("secret"), SECRET);
        Settings settings = Settings.of(
                Map.of("a", SECRET, "b-file", file, "kafka.properties.sasl.jaas.config", SECRET,
                        "kafka.properties.ssl.keystore.key", SECRET, "url",
                        "jdbc:sqlserver://h;user=sa;password=" + SECRET + ";encrypt=true", "node",
                        "http://me:" + SECRET + "@host:5001"),
                Map.of("TOKENSYNC_C", SECRET, "TOKENSYNC_D_FILE", file.toString()));
        List.of("a", "b", "c", "d").forEach(
                key -> assertThat(settings.require(TestKeys.secret(key), Secret.of("")).reveal()).isEqualTo(SECRET));
        settings.map(TestKeys.map("kafka.properties"));
        settings.get(TestKeys.text("url", ""));
        settings.find(TestKeys.uri("node"));
        settings.check();
        assertThat(settings.describe() + settings.effective() + settings).doesNotContain(SECRET)
                .contains("encrypt=true");
    }

    @Test
    void isNotInAnyProblem() {
        Settings settings = Settings.of(Map.of("a", List.of(SECRET), "pasword", SECRET, "url",
                "http://me:" + SECRET + "@ho st", "rows", "Password={" + SECRET + "};x"),
                Map.of("TOKENSYNC_PW", SECRET));
        settings.require(TestKeys.secret("a"), Secret.of(""));
        settings.find(TestKeys.secret("password"));
        settings.find(TestKeys.uri("url"));
        settings.get(TestKeys.integer("rows", 1, 1, 9));
        Throwable failure = catchThrowable(settings::check);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("pasword", "TOKENSYNC_PW", "url", "rows").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Server=h;Pwd=hunter2;Encrypt=yes | Server=h;Pwd=********;Encrypt=yes",
            "PASSWORD = {hun}}ter2;x};a=b | PASSWORD=********;a=b", "https://u:hunter2@h/p | https://********@h/p",
            "https://h/p?token=hunter2&x=1 | https://h/p?token=********&x=1", "plain text | plain text"})
    void addressesAreShownWithoutTheirCredentials(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }
}
