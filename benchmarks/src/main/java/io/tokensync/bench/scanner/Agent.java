package io.tokensync.bench.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tokensync.bench.ChildJvm;
import io.tokensync.common.config.Settings;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.report.ScanReport;

/**
 * An agent over the nodes below one root, in this process or in one of its own.
 *
 * @param settings of the agent
 */
record Agent(Map<String, String> settings, Clock clock) {
    /** The launcher's, for {@code scanner}. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx80m", "-Xmn40m", "-XX:+UseSerialGC",
            "-XX:SurvivorRatio=3", "-XX:TargetSurvivorRatio=95", "-XX:MetaspaceSize=64m", "-XX:TieredStopAtLevel=1");

    static Agent over(Path root, String kafka, String topic, Clock clock) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", kafka);
        settings.put("topics.scanned.name", topic);
        settings.put("scanner.roots", root.toString());
        settings.put("scanner.state-dir", root.resolveSibling(root.getFileName() + "-state").toString());
        settings.put("scanner.source-ip", "192.0.2.1");
        settings.put("scanner.verify.interval", "0s"); // bench verify measures that
        return new Agent(settings, clock);
    }

    /** Runs one scan cycle in this process. */
    ScanReport cycle() {
        try (ScannerApp app = start(config().withOnce())) {
            app.termination().join();
            return app.lastReport().orElseThrow();
        }
    }

    /** Starts it in this process; scan cycles follow each other after the interval. */
    ScannerApp start() {
        return start(config());
    }

    /** The same with another setting. */
    Agent with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new Agent(changed, clock);
    }

    /** Starts it in a process of its own with the launcher's options. */
    ChildJvm startChild(Path directory, boolean once) throws IOException {
        Path config = directory.resolve("scanner.yaml");
        Files.writeString(config, settings.entrySet().stream().map(e -> e.getKey() + ": \"" + e.getValue() + "\"")
                .collect(Collectors.joining("\n", "", "\nadmin.enabled: false\n")));
        List<String> arguments = once
                ? List.of("scanner", "--config", config.toString(), "--once")
                : List.of("scanner", "--config", config.toString());
        return ChildJvm.start(directory.resolve("scanner.log"), JVM_OPTIONS, arguments);
    }

    /** How long a scan cycle has taken. */
    static double seconds(ScanReport report) {
        return Math.max(1, Duration.between(report.started(), report.finished()).toMillis()) / 1e3;
    }

    private ScannerConfig config() {
        Settings given = Settings.of(settings);
        ScannerConfig config = ScannerConfig.from(given);
        given.check();
        return config;
    }

    private ScannerApp start(ScannerConfig config) {
        ScannerApp app = ScannerApp.create(config, new SimpleMeterRegistry(), clock);
        app.start();
        return app;
    }
}
