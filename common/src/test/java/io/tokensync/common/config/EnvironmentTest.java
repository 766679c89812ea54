package io.tokensync.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EnvironmentTest {
    @TempDir
    Path dir;

    @Test
    void aVariableWinsOverTheFile() {
        Settings settings = Settings.of(Map.of("writer.batch-rows", 5),
                Map.of("TOKENSYNC_WRITER_BATCH_ROWS", "7", "PATH", "/bin", "HOME", "/"));
        assertThat(settings.get(TestKeys.integer("writer.batch-rows", 1, 1, 9))).isEqualTo(7);
        settings.check();
        assertThat(settings.effective().getFirst().source()).isEqualTo("TOKENSYNC_WRITER_BATCH_ROWS");
    }

    @Test
    void anEmptyVariableIsNotSet() {
        Settings settings = Settings.of(Map.of("name", "file"), Map.of("TOKENSYNC_NAME", "", "TOKENSYNC_OTHER", ""));
        assertThat(settings.require(TestKeys.text("name"), "")).isEqualTo("file");
        settings.check();
    }

    @Test
    void variablesOfTheLauncherAreNoSettings() {
        Settings.of(Map.of(), Map.of("TOKENSYNC_JAVA_OPTS", "-Xmx1g", "TOKENSYNC_HOME", "/h", "TOKENSYNC_DATA", "/d"))
                .check();
    }

    @Test
    void whatKubernetesSaysAboutServicesIsNoSetting() {
        Settings settings = Settings.of(Map.of(),
                Map.ofEntries(Map.entry("TOKENSYNC_SERVICE_HOST", "10.0.0.1"),
                        Map.entry("TOKENSYNC_SERVICE_PORT", "80"),
                        Map.entry("TOKENSYNC_PORT", "tcp://10.0.0.1:80"),
                        Map.entry("TOKENSYNC_WRITER_SERVICE_PORT_ADMIN", "80"),
                        Map.entry("TOKENSYNC_WRITER_PORT_80_TCP", "tcp://10.0.0.1:80"),
                        Map.entry("TOKENSYNC_WRITER_PORT_80_TCP_ADDR", "10.0.0.1"),
                        Map.entry("TOKENSYNC_PAGE_PORT", "9400")));
        assertThat(problemsOf(settings))
                .containsExactly(
                        "TOKENSYNC_PAGE_PORT: unknown environment variable; did you mean TOKENSYNC_ADMIN_PORT?");
    }

    @Test
    void anUnknownVariableIsAProblemWithTheNearestOne() {
        Settings settings = Settings.of(Map.of(), Map.of("TOKENSYNC_WRITER_BATCH_ROW", "7", "TOKENSYNC_X", "1"));
        settings.get(TestKeys.integer("writer.batch.rows", 1, 1, 9));
        assertThat(problemsOf(settings)).containsExactly(
                "TOKENSYNC_WRITER_BATCH_ROW: unknown environment variable; did you mean TOKENSYNC_WRITER_BATCH_ROWS?",
                "TOKENSYNC_X: unknown environment variable; remove it");
    }

    @Test
    void aVariableOfAnotherProcessIsNoMistakeOfThisOneAndAMisspeltOneIs() {
        Settings settings = Settings.of(Map.of(), Map.of("TOKENSYNC_MONITOR_GROUP", "readers",
                "TOKENSYNC_ADMIN_HOST_FILE", "/none", "TOKENSYNC_TOPICS_SCANNED_PARTITIONS", "12",
                "TOKENSYNC_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL", "TOKENSYNC_MONITOR_GROPU", "readers"));
        settings.get(TestKeys.integer("writer.batch.rows", 1, 1, 9));
        assertThat(problemsOf(settings)).containsExactly(
                "TOKENSYNC_MONITOR_GROPU: unknown environment variable; did you mean TOKENSYNC_MONITOR_GROUP?");
    }

    @Test
    void aBadValueOfAVariableNamesTheVariable() {
        Settings settings = Settings.of(Map.of(), Map.of("TOKENSYNC_ROWS", "many"));
        settings.get(TestKeys.integer("rows", 1, 1, 9));
        assertThat(problemsOf(settings))
                .containsExactly("rows = many (TOKENSYNC_ROWS): must be a whole number from 1 to 9");
    }

    @Test
    void aVariableMayNameAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("password"), "hunter2\r\n");
        Settings settings = Settings.of(Map.of("sql.password", "old"),
                Map.of("TOKENSYNC_SQL_PASSWORD_FILE", file.toString()));
        assertThat(settings.require(TestKeys.secret("sql.password"), Secret.of("")).reveal()).isEqualTo("hunter2");
        settings.check();
        assertThat(settings.effective()).containsExactly(
                new EffectiveSetting("sql.password", Secret.MASK, "file " + file));
    }

    @Test
    void onlyOneNewlineIsTakenOffAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("password"), " a\nb \n\n");
        Settings settings = Settings.of(Map.of("p-file", file.toString()));
        assertThat(settings.require(TestKeys.secret("p"), Secret.of("")).reveal()).isEqualTo(" a\nb \n");
        settings.check();
    }

    @Test
    void theYamlMayNameASecretsFile() throws IOException {
        Path file = Files.writeString(dir.resolve("password"), "hunter2\n");
        Settings settings = Settings.of(Map.of("sql.password-file", file.toString()));
        assertThat(settings.find(TestKeys.secret("sql.password"))).contains(Secret.of("hunter2"));
        settings.check();
    }

    @Test
    void aVariableWinsOverASecretsFile() {
        Settings settings = Settings.of(Map.of("sql.password-file", "/not/read"),
                Map.of("TOKENSYNC_SQL_PASSWORD", "direct"));
        assertThat(settings.require(TestKeys.secret("sql.password"), Secret.of("")).reveal()).isEqualTo("direct");
        settings.check();
    }

    @Test
    void valueAndFileTogetherAreAContradiction() throws IOException {
        Path file = Files.writeString(dir.resolve("password"), "hunter2\n");
        Settings yaml = Settings.of(Map.of("p", "x", "p-file", file.toString()));
        yaml.require(TestKeys.secret("p"), Secret.of(""));
        assertThat(problemsOf(yaml)).containsExactly("p and p-file are both set; leave one");
        Settings variables = Settings.of(Map.of(), Map.of("TOKENSYNC_P", "x", "TOKENSYNC_P_FILE", file.toString()));
        variables.require(TestKeys.secret("p"), Secret.of(""));
        assertThat(problemsOf(variables)).containsExactly("TOKENSYNC_P and TOKENSYNC_P_FILE are both set; leave one");
    }

    @Test
    void aFileThatCannotBeReadIsOneProblem() throws IOException {
        String missing = dir.resolve("missing").toString();
        Settings settings = Settings.of(Map.of("a-file", missing, "e-file", Files.createFile(dir.resolve("empty"))),
                Map.of("TOKENSYNC_B_FILE", missing, "TOKENSYNC_C_FILE", "\0", "TOKENSYNC_D_FILE", dir.toString()));
        settings.require(TestKeys.secret("a"), Secret.of(""));
        settings.require(TestKeys.text("b"), "");
        settings.require(TestKeys.secret("c"), Secret.of(""));
        settings.get(TestKeys.integer("d", 1, 1, 9));
        settings.require(TestKeys.secret("e"), Secret.of(""));
        assertThat(problemsOf(settings)).hasSize(5).anyMatch(p -> p.startsWith("a-file (given): the file " + missing))
                .anyMatch(p -> p.startsWith("TOKENSYNC_B_FILE: the file " + missing))
                .anyMatch(p -> p.startsWith("TOKENSYNC_C_FILE: must be the path of a file"))
                .anyMatch(p -> p.startsWith("TOKENSYNC_D_FILE: the file " + dir))
                .anyMatch(p -> p.startsWith("e-file (given): the file ") && p.endsWith("is empty"));
    }

    @Test
    void missingAndEmptySecretsAreProblems() {
        Settings settings = Settings.of(Map.of("empty", ""));
        settings.require(TestKeys.secret("empty"), Secret.of(""));
        settings.require(TestKeys.secret("missing"), Secret.of(""));
        assertThat(problemsOf(settings)).containsExactly("empty (given): must be a text that is not empty",
                "missing: missing; give missing or missing-file");
    }

    @Test
    void passThroughPropertiesComeFromEverywhere() throws IOException {
        Path file = Files.writeString(dir.resolve("jaas"), "login required;\n");
        Settings settings = Settings.of(Map.of("kafka.properties.client.dns.lookup", "x",
                "kafka.properties.ssl.key.password-file", file.toString()),
                Map.of("TOKENSYNC_KAFKA_PROPERTIES_CLIENT_DNS_LOOKUP", "use_all_dns_ips",
                        "TOKENSYNC_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL",
                        "TOKENSYNC_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE", file.toString()));
        assertThat(settings.map(TestKeys.map("kafka.properties")))
                .isEqualTo(Map.of("client.dns.lookup", "use_all_dns_ips",
                        "security.protocol", "SASL_SSL", "sasl.jaas.config", "login required;", "ssl.key.password",
                        "login required;"));
        settings.check();
        assertThat(settings.describe()).doesNotContain("login required");
    }

    private static List<String> problemsOf(Settings settings) {
        return catchThrowableOfType(ConfigException.class, settings::check).problems();
    }
}
