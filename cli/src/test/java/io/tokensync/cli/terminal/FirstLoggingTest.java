package io.tokensync.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** In processes of their own, without the configuration that tests have: what each of them shows before it is told more. */
class FirstLoggingTest {
    private static final String OWN = """
            <configuration>
              <appender name="mine" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>mine: %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="mine"/></root>
            </configuration>
            """;

    @TempDir
    private Path directory;

    /** Says something of each kind. */
    static final class Speaker {
        private Speaker() {}

        public static void main(String[] arguments) {
            LoggerFactory.getLogger("io.tokensync.Any").atWarn().setMessage("cannot go on").addKeyValue("rows", 5)
                    .log();
            LoggerFactory.getLogger("io.tokensync.Any").info("all is well");
            LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("no broker yet");
            LoggerFactory.getLogger("org.apache.kafka.controller.QuorumController").warn("no metrics plugin");
            LoggerFactory.getLogger("org.apache.kafka.clients.producer.internals.Sender")
                    .warn("retrying: CONCURRENT_TRANSACTIONS");
        }
    }

    @Test
    void onlyWarningsAreShownAndOnlyThoseThatTellSomething() throws Exception {
        assertThat(said()).containsExactly("WARN  Any: cannot go on rows=\"5\"");
    }

    @Test
    void whoHasAFileOfHisOwnHasItRead() throws Exception {
        Path file = Files.writeString(directory.resolve("own.xml"), OWN);
        assertThat(said("-Dlogback.configurationFile=" + file)).contains("mine: cannot go on", "mine: all is well",
                "mine: no broker yet");
        Path classes = Files.createDirectory(directory.resolve("ext"));
        Files.writeString(classes.resolve("logback.xml"), OWN);
        assertThat(said("-cp", withoutTests() + File.pathSeparator + classes)).contains("mine: all is well");
    }

    /** The lines on standard error and output. */
    private static List<String> said(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                        "-cp", withoutTests()));
        command.addAll(List.of(options));
        command.add(Speaker.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    /** The class path without what has the configuration of tests. */
    private static String withoutTests() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !hasTestConfiguration(entry)).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean hasTestConfiguration(String entry) {
        URI place = Path.of(entry).toUri();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{place.toURL()}, null)) {
            return loader.findResource("logback-test.xml") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
