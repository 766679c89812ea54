package io.tokensync.scanner;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.ServiceRunner;
import io.tokensync.common.runtime.StageCommand;
import io.tokensync.common.runtime.StageEntryPoint;
import io.tokensync.scanner.config.ContentConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.operate.ConfirmCommand;
import io.tokensync.scanner.operate.StatusCommand;
import io.tokensync.scanner.report.ScanReport;

/**
 * The command {@code scanner}. Exit codes: 0 ended in order, 1 failed, 2 wrong option or configuration, 3 a single scan
 * cycle is done but rows were rejected or databases could not be read.
 */
@Command(name = "scanner", mixinStandardHelpOptions = true, description = "Publishes what changes in the databases of this machine's nodes.", subcommands = {
        StatusCommand.class, ConfirmCommand.class})
public final class ScannerMain implements Callable<Integer> {
    private static final int INCOMPLETE = 3;
    /** Where the admin endpoint listens when nothing else is configured. */
    public static final int ADMIN_PORT = 9404;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(30);

    @Mixin
    private final StageCommand command;

    @Option(names = "--once", description = "Run a single scan cycle and end when all of it is acknowledged.")
    private boolean once;

    @Option(names = "--essential-only", description = "Publish rows without their content, which nobody asks for until a scan without this option.")
    private boolean essentialOnly;

    public ScannerMain() {
        this(System.getenv());
    }

    ScannerMain(Map<String, String> environment) {
        this.command = new StageCommand(environment);
    }

    @Override
    public Integer call() {
        return command.run(new StageEntryPoint<>("scanner", ADMIN_PORT, CLOSE_BOUND, this::config, ScannerApp::create,
                ScannerMain::doneCode), Clock.systemUTC());
    }

    private ScannerConfig config(Settings settings) {
        ScannerConfig config = ScannerConfig.from(settings);
        if (once) {
            settings.inUse(ScannerConfig.ONCE, "true", "--once");
            config = config.withOnce();
        }
        if (essentialOnly) {
            settings.inUse(ContentConfig.ESSENTIAL_ONLY, "true", "--essential-only");
            config = config.withEssentialOnly();
        }
        return config;
    }

    private static int doneCode(ScannerApp app) {
        boolean aside = app.scansOnce() && app.lastReport().filter(ScanReport::isIncomplete).isPresent();
        return aside ? INCOMPLETE : ServiceRunner.DONE;
    }
}
