package io.tokensync.chaos.process;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChildTest {
    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aProcessThatIsKilledHasNotEndedByItself() {
        try (Watchdog watchdog = Watchdog.start(); Child child = child(watchdog, "sleep", "1000")) {
            child.start();
            child.kill();
            assertThat(child.running()).isEmpty();
            assertThat(child.unwantedEnd()).isEmpty();
            child.start();
            assertThat(child.running()).isPresent();
        }
    }

    @Test
    void aProcessThatEndsByItselfIsToldOnce() {
        try (Watchdog watchdog = Watchdog.start(); Child child = child(watchdog, "sh", "-c", "exit 7")) {
            child.start();
            await().atMost(BOUND).until(() -> child.unwantedEnd().equals(Optional.of(7)));
            assertThat(child.unwantedEnd()).isEmpty();
        }
    }

    @Test
    void aStoppedProcessCanGoOnOrBeKilled() {
        try (Watchdog watchdog = Watchdog.start(); Child child = child(watchdog, "sleep", "1000")) {
            child.start();
            child.suspend();
            child.resume();
            child.suspend();
            child.kill();
            assertThat(child.running()).isEmpty();
        }
    }

    @Test
    void whoIsKilledLeavesNoProcessBehind() throws Exception {
        Process suite = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Parent.class.getName(), directory.toString()).start();
        BufferedReader said = suite.inputReader();
        ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        assertThat(grandchild.isAlive()).isTrue();
        suite.destroyForcibly();
        await().atMost(BOUND).until(() -> !grandchild.isAlive());
    }

    private Child child(Watchdog watchdog, String... command) {
        return child(directory, watchdog, command);
    }

    private static Child child(Path directory, Watchdog watchdog, String... command) {
        return new Child("child", Child.Role.WRITER, List.of(command), Map.of(), directory.resolve("child.log"),
                watchdog);
    }

    /** A suite of one child that is stopped, which says who that is and then waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Child child = child(Path.of(arguments[0]), Watchdog.start(), "sleep", "1000");
            child.start();
            child.suspend();
            System.out.println(child.running().orElseThrow().pid());
            System.in.read();
            Thread.currentThread().join();
        }
    }
}
