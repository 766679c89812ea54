package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the launcher does with the AOT cache and in a package, beside a java that writes down how it was started. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "tokensync").toAbsolutePath().normalize();
    private static final long BOUND_SECONDS = 60;
    /** Makes a file when all processes that it has started, and those that they have left behind, have ended. */
    private static final String STARTER = "exec >output 2>&1 7> >(cat; : >ended-$0); exec ./tokensync \"$@\"";
    private static final String JAVA = """
            #!/usr/bin/env bash
            case "$*" in
              *-XshowSettings*) echo "    java.specification.version = 25" >&2; exit ;;
            esac
            echo "$*" >> "$(dirname "$0")/../started"
            for option in "$@"; do
              case "$option" in
                -XX:AOTCacheOutput=*) echo trained > "${option#*=}" ;;
                -XX:AOTMode=on) exit "$(cat "$(dirname "$0")/../accepts")" ;;
              esac
            done
            """;

    @TempDir
    private Path directory;

    private Path jdk;
    private Path lib;
    private int runs;

    @BeforeEach
    void install() throws IOException {
        Files.copy(LAUNCHER, directory.resolve("tokensync"));
        lib = Files.createDirectory(directory.resolve("lib"));
        Files.writeString(lib.resolve("cli.jar"), "a jar");
        jdk = Files.createDirectories(directory.resolve("jdk"));
        Path java = Files.writeString(Files.createDirectory(jdk.resolve("bin")).resolve("java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
        accepts(true);
    }

    @Test
    void aDemoLeavesACacheThatTheNextRunsUse() throws Exception {
        assertThat(run("demo")).contains("in the background");
        Path cache = cacheOfTraining();
        assertThat(started().getFirst()).doesNotContain("AOT").endsWith("Main demo");
        assertThat(files()).containsExactlyInAnyOrder(cache.getFileName().toString(), "cli.jar");
        int before = started().size();
        assertThat(run("demo")).isEmpty();
        assertThat(run("local", "--once")).isEmpty();
        assertThat(started().subList(before, started().size())).hasSize(2)
                .allMatch(options -> options.contains("-XX:AOTCache=" + cache + " -Xlog:aot*=off"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "scanner", "enricher", "writer", "monitor", "query", "demo --help", ""})
    void nothingElseTrains(String command) throws Exception {
        assertThat(run(command.isEmpty() ? new String[0] : command.split(" ", -1))).isEmpty();
        assertThat(started()).hasSize(1).noneMatch(options -> options.contains("AOT"));
    }

    @Test
    void aCacheOfOtherJarsOrOfAnotherJvmIsLeftOutAndReplaced() throws Exception {
        run("demo");
        Path first = cacheOfTraining();
        Files.setLastModifiedTime(lib.resolve("cli.jar"), FileTime.from(Instant.EPOCH));
        run("local");
        assertThat(started().getLast()).doesNotContain("AOT");
        run("demo");
        assertThat(cacheOfTraining()).isNotEqualTo(first);
        Files.writeString(jdk.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.4+7\"\n");
        run("local");
        assertThat(started().getLast()).doesNotContain("AOT");
    }

    @Test
    void aCacheThatTheJvmDoesNotAcceptIsNotKept() throws Exception {
        accepts(false);
        run("demo");
        awaitTheEndOfTraining();
        assertThat(started().getLast()).contains("AOTMode=on");
        assertThat(files()).containsExactly("cli.jar");
    }

    @Test
    void twoDemosLeaveOneCache() throws Exception {
        run("demo");
        run("demo");
        cacheOfTraining();
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTMode=off", "-XX:AOTCache=mine.aot", "-XX:SharedArchiveFile=mine.jsa",
            "-Xshare:off"})
    void whoChoosesAnArchiveHasNoOther(String options) throws Exception {
        run("demo");
        cacheOfTraining();
        assertThat(run(Map.of("TOKENSYNC_JAVA_OPTS", options), "demo")).isEmpty();
        assertThat(started().getLast()).contains(options).doesNotContain("-Xlog:aot");
    }

    /** A real JVM, to which the launcher hands what a full disk, say, has left of a cache. */
    @Test
    void aSpoiltCacheIsNothingThatAPersonSees() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Files.copy(real.resolve("release"), jdk.resolve("release"),
                StandardCopyOption.REPLACE_EXISTING);
        run("demo");
        cacheOfTraining();
        String printed = run(Map.of("JAVA_HOME", real.toString()), "demo", "--tokens", "5");
        assertThat(printed).contains("ClassNotFoundException: io.tokensync.cli.Main").doesNotContain("[warning]",
                "[error]", "AOT");
    }

    @Test
    void aPackageHasARuntimeOfItsOwnAndAClassPathForEachStage() throws Exception {
        Path runtime = Files.createDirectories(directory.resolve("runtime"));
        Path java = Files.writeString(Files.createDirectory(runtime.resolve("bin")).resolve("java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(lib.resolve("scanner.classpath"), "LIB/cli.jar:LIB/scanner-agent.jar");
        Path home = directory.toRealPath();
        run("scanner", "--once");
        run("enricher");
        run("query");
        List<String> started = Files.readAllLines(runtime.resolve("started"));
        assertThat(started.get(0)).endsWith("-cp " + home.resolve("lib/cli.jar") + ":"
                + home.resolve("lib/scanner-agent.jar") + " io.tokensync.cli.StageMain scanner --once");
        assertThat(started.get(1)).endsWith("-cp " + home.resolve("lib") + "/* io.tokensync.cli.Main enricher");
        assertThat(started.get(2)).endsWith("-cp " + home.resolve("lib") + "/* io.tokensync.cli.Main query");
        assertThat(jdk.resolve("started")).doesNotExist();
    }

    private void accepts(boolean accepts) throws IOException {
        Files.writeString(jdk.resolve("accepts"), accepts ? "0" : "1");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** @return what it prints */
    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", STARTER, Integer.toString(++runs)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        List.of("TOKENSYNC_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readString(directory.resolve("output"));
    }

    @AfterEach
    void awaitTheEndOfTraining() {
        await().atMost(BOUND_SECONDS, TimeUnit.SECONDS).until(() -> IntStream.rangeClosed(1, runs)
                .allMatch(run -> Files.exists(directory.resolve("ended-" + run))));
    }

    private Path cacheOfTraining() throws IOException {
        awaitTheEndOfTraining();
        List<String> caches = files().stream().filter(name -> name.endsWith(".aot")).toList();
        assertThat(caches).hasSize(1);
        return lib.resolve(caches.getFirst());
    }

    /** What lies beside the jars, without the lock, which stays. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".aot.lock")).toList();
        }
    }

    private List<String> started() throws IOException {
        return Files.readAllLines(jdk.resolve("started"));
    }
}
