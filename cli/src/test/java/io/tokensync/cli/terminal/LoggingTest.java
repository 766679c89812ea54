package io.tokensync.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger log = LoggerFactory.getLogger("io.tokensync.test");

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @TempDir
    private Path directory;

    @AfterEach
    void closeFile() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME)
                .detachAppender("json-lines");
    }

    @Test
    void theLevelIsInfoUnlessTheEnvironmentSaysOtherwise() {
        assertThat(Logging.level(null)).isEqualTo(Level.INFO);
        assertThat(Logging.level("debug")).isEqualTo(Level.DEBUG);
        assertThat(Logging.level("loud")).isEqualTo(Level.INFO);
    }

    /** The environment is that of many runs, the command line of this one. */
    @Test
    void theCommandLineWinsOverTheEnvironment() {
        try {
            Logging.ofThisRun(true, false);
            assertThat(Logging.level("warn")).isEqualTo(Level.DEBUG);
            Logging.ofThisRun(false, true);
            assertThat(Logging.level("debug")).isEqualTo(Level.WARN);
            Logging.toDirectory(directory);
            assertThat(log.isWarnEnabled()).isTrue();
            assertThat(log.isInfoEnabled()).isFalse();
        } finally {
            Logging.ofThisRun(false, false);
        }
        assertThat(Logging.level("debug")).isEqualTo(Level.DEBUG);
    }

    @Test
    void whatIsNoPlainValueIsWrittenByItsText() throws IOException {
        Logging.toDirectory(directory);
        UUID id = UUID.randomUUID();
        log.atInfo().setMessage("partitions assigned")
                .addKeyValue("partitions", List.of(new TopicPartition("t", 0), new TopicPartition("t", 1)))
                .addKeyValue("offsets", Map.of(new TopicPartition("t", 0), 12L))
                .addKeyValue("bound", Duration.ofSeconds(3)).addKeyValue("file", Path.of("a", "b"))
                .addKeyValue("session", id).addKeyValue("rows", 5).addKeyValue("well", true)
                .addKeyValue("none", (Object) null)
                .addKeyValue("several", new Object[]{"x", 1}).log();
        JsonNode line = line("partitions assigned");
        assertThat(line.get("partitions").toString()).isEqualTo("[\"t-0\",\"t-1\"]");
        assertThat(line.get("offsets").toString()).isEqualTo("{\"t-0\":12}");
        assertThat(line.get("bound").asString()).isEqualTo("PT3S");
        assertThat(line.get("file").asString()).isEqualTo(Path.of("a", "b").toString());
        assertThat(line.get("session").asString()).isEqualTo(id.toString());
        assertThat(line.get("rows").isInt()).isTrue();
        assertThat(line.get("well").isBoolean()).isTrue();
        assertThat(line.get("none").isNull()).isTrue();
        assertThat(line.get("several").toString()).isEqualTo("[\"x\",1]");
    }

    /** As Kafka Streams ends each thread that it replaces. */
    @Test
    void aThreadThatEndsByAFailureIsALineLikeAllOthers() throws Exception {
        Logging.toDirectory(directory);
        Thread thread = Thread.ofPlatform().name("streams-1").start(() -> {
            throw new IllegalStateException("commit");
        });
        thread.join();
        JsonNode line = line("thread ended by a failure");
        assertThat(line.get("thread").asString()).isEqualTo("streams-1");
        assertThat(line.get("stack_trace").asString()).contains("IllegalStateException: commit");
    }

    private JsonNode line(String message) throws IOException {
        return Files.readAllLines(directory.resolve("tokensync.log")).stream().map(JSON::readTree)
                .filter(line -> line.get("message").asString().equals(message)).findFirst().orElseThrow();
    }
}
