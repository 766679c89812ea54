package io.tokensync.chaos.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.Child.Role;
import io.tokensync.chaos.process.Watchdog;

/** Makes the processes of the installation out of the assembled distribution, each with a log file of its own. */
final class Processes implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(30);

    private final Path directory;
    private final Path launcher;
    private final Path lib;
    private final Watchdog watchdog;
    private final List<Child> children = new ArrayList<>();

    Processes(ChaosSettings settings, Path launcher, Watchdog watchdog) {
        this.directory = settings.directory();
        this.launcher = launcher;
        this.lib = settings.lib();
        this.watchdog = watchdog;
    }

    /** A stage as its users start it; its state is what the launcher gives it. */
    Child stage(Role role, String command, String name, Path config, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        return add(name, role, List.of(launcher.toString(), command, "--config", config.toString()), all);
    }

    /** Kafka's own main class. */
    Child broker(String name, Path properties, Path logging) {
        return add(name, Role.BROKER,
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m",
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders",
                        "-Dlogback.configurationFile=" + logging, "-cp", lib + "/*", "kafka.Kafka",
                        properties.toString()),
                Map.of());
    }

    private Child add(String name, Role role, List<String> command, Map<String, String> environment) {
        Child child = new Child(name, role, command, environment, log(name), watchdog);
        children.add(child);
        return child;
    }

    private Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    List<Child> all() {
        return List.copyOf(children);
    }

    List<Child> of(Role role) {
        return children.stream().filter(child -> child.role() == role).toList();
    }

    /** Stops the stages in order, and names those that did not end when asked. */
    List<String> stopStages() throws InterruptedException {
        List<String> stubborn = new ArrayList<>();
        for (Child child : children) {
            if (child.role() != Role.BROKER && child.running().isPresent() && !child.stop(END)) {
                stubborn.add(child.name());
            }
        }
        return stubborn;
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }
}
