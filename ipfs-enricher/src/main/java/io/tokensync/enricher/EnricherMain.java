package io.tokensync.enricher;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.common.runtime.StageCommand;
import io.tokensync.common.runtime.StageEntryPoint;

/** The command {@code enricher}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration. */
@Command(name = "enricher", mixinStandardHelpOptions = true, description = "Adds verified IPFS content to the rows of tokens.scanned.")
public final class EnricherMain implements Callable<Integer> {
    /** Where the admin endpoint listens when nothing else is configured. */
    public static final int ADMIN_PORT = 9406;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(30);

    @Mixin
    private final StageCommand command;

    public EnricherMain() {
        this(System.getenv());
    }

    EnricherMain(Map<String, String> environment) {
        this.command = new StageCommand(environment);
    }

    @Override
    public Integer call() {
        return command.run(
                new StageEntryPoint<>("enricher", ADMIN_PORT, CLOSE_BOUND, EnricherConfig::from, EnricherApp::create),
                Clock.systemUTC());
    }
}
