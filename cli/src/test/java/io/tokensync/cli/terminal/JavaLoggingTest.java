package io.tokensync.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;

import static org.assertj.core.api.Assertions.assertThat;

class JavaLoggingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger DRIVER = Logger.getLogger("com.microsoft.sqlserver.jdbc.internals.SQLServerConnection");

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final Level level = ROOT.getLevel();
    private final List<Handler> handlers = List.of(ROOT.getHandlers());
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    /** As the platform has it, on a stream that is looked at. */
    @BeforeEach
    void printToTheTerminal() {
        handlers.forEach(ROOT::removeHandler);
        PrintStream err = System.err;
        System.setErr(new PrintStream(raw, true, StandardCharsets.UTF_8));
        ROOT.addHandler(new ConsoleHandler());
        System.setErr(err);
        ROOT.setLevel(Level.INFO);
    }

    @AfterEach
    void putBack() {
        List.of(ROOT.getHandlers()).forEach(ROOT::removeHandler);
        handlers.forEach(ROOT::addHandler);
        ROOT.setLevel(level);
        Thread.setDefaultUncaughtExceptionHandler(before);
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .detachAppender("json-lines");
    }

    @Test
    void aWarningOfADriverIsALineLikeAllOthersFromTheStartOfEveryCommand() throws IOException {
        assertThat(CommandLineOutput.of("version").exitCode()).isEqualTo(ExitCode.DONE);
        Logging.toDirectory(directory);
        DRIVER.warning("ConnectionID:39 Prelogin error");
        List<String> lines = Files.readAllLines(directory.resolve("tokensync.log"));
        assertThat(lines).hasSize(1);
        JsonNode line = JSON.readTree(lines.getFirst());
        assertThat(line.get("message").asString()).isEqualTo("ConnectionID:39 Prelogin error");
        assertThat(line.get("level").asString()).isEqualTo("WARN");
        assertThat(line.get("logger_name").asString()).isEqualTo(DRIVER.getName());
        assertThat(raw.size()).isZero();
    }

    @Test
    void whatADriverTellsOfItsWorkIsNotLogged() throws IOException {
        JavaLogging.intoTheLog();
        JavaLogging.intoTheLog();
        Logging.toDirectory(directory);
        DRIVER.info("connecting with user sa");
        DRIVER.severe("once");
        assertThat(Files.readAllLines(directory.resolve("tokensync.log"))).singleElement().asString()
                .contains("\"once\"", "\"ERROR\"");
        assertThat(raw.size()).isZero();
    }
}
