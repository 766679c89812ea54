package io.tokensync.writer;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.common.runtime.StageCommand;
import io.tokensync.common.runtime.StageEntryPoint;

/** The command {@code writer}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration. */
@Command(name = "writer", mixinStandardHelpOptions = true, description = "Merges the rows of tokens.enriched into the SQL table.")
public final class WriterMain implements Callable<Integer> {
    /** Where the admin endpoint listens when nothing else is configured. */
    public static final int ADMIN_PORT = 9405;
    private static final Duration CLOSE_BOUND = Duration.ofMinutes(1);

    @Mixin
    private final StageCommand command;

    public WriterMain() {
        this(System.getenv());
    }

    WriterMain(Map<String, String> environment) {
        this.command = new StageCommand(environment);
    }

    @Override
    public Integer call() {
        return command.run(
                new StageEntryPoint<>("writer", ADMIN_PORT, CLOSE_BOUND, WriterConfig::from, WriterApp::create),
                Clock.systemUTC());
    }
}
