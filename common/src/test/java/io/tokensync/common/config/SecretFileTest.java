package io.tokensync.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@DisabledOnOs(OS.WINDOWS)
class SecretFileTest {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path dir;

    private final Logger logger = (Logger) LoggerFactory.getLogger(SecretFile.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() throws IOException {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"writer.sql.password: hunter2", "monitor.alerts.telegram.token: hunter2",
            "monitor.alerts.webhook.url: https://example.com/hunter2",
            "writer.sql.url: jdbc:sqlserver://h;password=hunter2;encrypt=true",
            "kafka.properties.sasl.jaas.config: hunter2"})
    void aConfigurationWithASecretThatEveryUserCanReadIsNamedWithTheKeyOnce(String line) throws IOException {
        Path file = open(line + "\n");
        Settings.load(file, Map.of());
        SettingsLayers.read(file);
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).isEqualTo(
                    "every user of this machine can read a file that holds a secret; close it with chmod 600");
            assertThat(event.getKeyValuePairs()).extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly("file=" + file, "keys=" + line.substring(0, line.indexOf(':')));
        });
        assertThat(logged.list.toString() + logged.list.getFirst().getKeyValuePairs()).doesNotContain(SECRET);
    }

    @Test
    void aConfigurationWithoutASecretIsOpenToWhomItMayConcern() throws IOException {
        Settings.load(open("""
                writer.sql.url: jdbc:sqlserver://h;encrypt=true
                writer.sql.user: sa
                writer.sql.password-file: /run/secrets/sql
                """), Map.of());
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aConfigurationThatOthersCannotReadMayHoldSecrets() throws IOException {
        Path file = open("writer.sql.password: hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Settings.load(file, Map.of());
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aFileThatASettingNamesIsWarnedOfInTheSameWords() throws IOException {
        Path secret = open(SECRET);
        Settings settings = Settings.of(Map.of("writer.sql.password-file", secret));
        assertThat(settings.require(TestKeys.secret("writer.sql.password"), Secret.of("")).reveal()).isEqualTo(SECRET);
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).startsWith("every user of this machine can read a file");
            assertThat(event.getKeyValuePairs()).extracting(pair -> pair.key).isEqualTo(List.of("file"));
        });
    }

    private Path open(String content) throws IOException {
        Path file = Files.writeString(dir.resolve("file"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assumeTrue(SecretFile.isOpenToAll(file), "others cannot reach the directory for temporary files");
        return file;
    }
}
