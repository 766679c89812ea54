package io.tokensync.bench.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.tokensync.bench.codebook.CodebookBenchCommand;
import io.tokensync.bench.enricher.EnricherBenchCommand;
import io.tokensync.bench.monitor.MonitorBenchCommand;
import io.tokensync.bench.scanner.ScannerBenchCommand;
import io.tokensync.bench.verify.VerifyBenchCommand;
import io.tokensync.bench.writer.WriterBenchCommand;
import io.tokensync.cli.Main;
import io.tokensync.cli.terminal.JavaLogging;

/** Entry point of {@code ./bench}: measures; exits 0 when every target holds, 1 when one falls short. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Measures a stage or all of them; prints each figure beside its baseline from the same run.", subcommands = {
        CodebookBenchCommand.class, EnricherBenchCommand.class, MonitorBenchCommand.class, ScannerBenchCommand.class,
        WriterBenchCommand.class, VerifyBenchCommand.class, EndToEndBenchCommand.class})
public final class BenchCommand {
    private BenchCommand() {}

    public static void main(String[] args) {
        JavaLogging.intoTheLog();
        System.exit(commandLine().execute(args));
    }

    /** Says what is wrong in the same words, and with the same exit codes, as {@code ./tokensync}. */
    static CommandLine commandLine() {
        return Main.explaining(new CommandLine(new BenchCommand()));
    }
}
