package io.tokensync.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.common.runtime.StageCommand;
import io.tokensync.common.runtime.StageEntryPoint;

/** The command {@code monitor}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration. */
@Command(name = "monitor", mixinStandardHelpOptions = true, description = "Reconciles every scan with the table: what has arrived, and what is still in flight.")
public final class MonitorMain implements Callable<Integer> {
    /** Where the admin endpoint listens when nothing else is configured. */
    public static final int ADMIN_PORT = 9406;
    private static final Duration CLOSE_BOUND = Duration.ofMinutes(1);

    @Mixin
    private final StageCommand command;

    public MonitorMain() {
        this(System.getenv());
    }

    MonitorMain(Map<String, String> environment) {
        this.command = new StageCommand(environment);
    }

    @Override
    public Integer call() {
        return command.run(
                new StageEntryPoint<>("monitor", ADMIN_PORT, CLOSE_BOUND, MonitorConfig::from, MonitorApp::create),
                Clock.systemUTC());
    }
}
