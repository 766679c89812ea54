package io.tokensync.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.JavaLogging;
import io.tokensync.cli.terminal.LogOptions;
import io.tokensync.common.config.ConfigException;
import io.tokensync.enricher.EnricherMain;
import io.tokensync.monitor.MonitorMain;
import io.tokensync.scanner.ScannerMain;
import io.tokensync.writer.WriterMain;

/**
 * Entry point of a packaged stage, which has on its class path what that stage needs and nothing else: neither the other
 * stages, nor the broker, nor the simulator. The command line is the one that {@link Main} has for it.
 */
public final class StageMain {
    private StageMain() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the stage that the first argument names, and returns its exit code. */
    static int run(String... args) {
        JavaLogging.intoTheLog();
        return commandLine(args[0]).setParameterExceptionHandler(Main::complain)
                .setExecutionStrategy(Main::withLogging).setExecutionExceptionHandler(StageMain::explain)
                .execute(args);
    }

    static CommandLine commandLine(String stage) {
        CommandSpec program = CommandSpec.create().name("tokensync");
        LogOptions.into(program);
        return HelpExitCodes.into(new CommandLine(program).addSubcommand(stage(stage))
                .setCaseInsensitiveEnumValuesAllowed(true));
    }

    /** The classes of the others may not be there, and are not looked for. */
    private static Callable<Integer> stage(String name) {
        return switch (name) {
            case "scanner" -> new ScannerMain();
            case "enricher" -> new EnricherMain();
            case "writer" -> new WriterMain();
            case "monitor" -> new MonitorMain();
            default -> throw new IllegalArgumentException("no stage: " + name);
        };
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ConfigException) {
            command.getErr().println(failure.getMessage());
            return ExitCode.USAGE;
        }
        return Main.unexpected(failure, command);
    }
}
