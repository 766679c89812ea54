package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.SqlServerExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tries to make the commands, the driver, the pool and Flyway tell the password. */
@ExtendWith(SqlServerExtension.class)
class PasswordLeakIT {
    private static final String PASSWORD = "Zq7wXv9kLm";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    @Test
    void aRejectedLoginTellsNothing(SqlServerEndpoint endpoint) throws IOException {
        String config = configuration(endpoint.jdbcUrl(false) + ";user=sync;password=" + PASSWORD);
        for (List<String> command : List.of(List.of("schema", "migrate"), List.of("schema", "migrate", "--dry-run"),
                List.of("writer", "--check-config"))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--config", config));
            CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
            assertSilent(command.toString(), output);
        }
        SqlSettings settings = SqlSettings.of(endpoint.jdbcUrl(false) + ";user=sync;password=" + PASSWORD);
        assertThat(settings.toString()).doesNotContain(PASSWORD);
        assertThat(settings.url()).doesNotContain(PASSWORD);
        assertThat(settings.password()).contains(Secret.of(PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Server=h;Database=d;UID=u;PWD=%s;more", "Server=h;PWD={%s;Database=d", "Server=h;PWD='%s",
            "Server=h;PWD=x;%s=1", "Server=h;PWD={%s}tail;Database=d", "Server=h;PWD=%s;UID=a;User ID=b", "PWD=%s",
            "Server=h,port;PWD=%s", "Driver={x};PWD=%s;DSN=y", "Server=h;Password=%s;Encrypt=perhaps",
            "Server=h;Connect Timeout=%s", "Server=h;Authentication=%s", "Server=%s,x;Database=d",
            "jdbc:sqlserver://h;password={%s", "jdbc:sqlserver://h;password=%s;junk", "jdbc:other://h;password=%s",
            "jdbc:sqlserver://h;authentication=ActiveDirectoryPassword;user=u;password=%s", "%s"})
    void aMalformedAddressIsNotRepeated(String form) throws IOException {
        String address = form.formatted(PASSWORD);
        String config = configuration(address.replace("\"", "\\\""));
        for (String[] command : new String[][]{{"schema", "validate"}, {"schema", "clear"}, {"check"},
                {"writer", "--check-config"}}) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--config", config));
            CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
            assertThat(output.exitCode()).as(form).isEqualTo(2);
            assertSilent(form, output);
        }
        CommandLineOutput local = CommandLineOutput.of("local", "--nodes", directory.toString(), "--data",
                directory.resolve("data").toString(), "--sql", address);
        assertThat(local.exitCode()).as(form).isEqualTo(2);
        assertSilent(form, local);
    }

    private void assertSilent(String what, CommandLineOutput output) {
        assertThat(output.out()).as(what).doesNotContain(PASSWORD);
        assertThat(output.err()).as(what).doesNotContain(PASSWORD).isNotNull();
        for (ILoggingEvent event : logged()) {
            assertThat(event.getFormattedMessage() + event.getKeyValuePairs()).as(what).doesNotContain(PASSWORD);
            IThrowableProxy thrown = event.getThrowableProxy();
            assertThat(thrown == null ? "" : ThrowableProxyUtil.asString(thrown)).as(what).doesNotContain(PASSWORD);
        }
    }

    /** Whatever else of this JVM logs meanwhile. */
    private List<ILoggingEvent> logged() {
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    private String configuration(String address) throws IOException {
        root.setLevel(Level.INFO);
        Path file = directory.resolve("writer.yaml");
        Files.writeString(file, "writer:\n  sql:\n    connect-timeout: 2s\n    url: \"" + address + "\"\n");
        return file.toString();
    }
}
