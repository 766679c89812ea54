package io.tokensync.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import io.tokensync.cli.audit.AuditCommand;
import io.tokensync.cli.check.CheckCommand;
import io.tokensync.cli.config.ConfigCommand;
import io.tokensync.cli.deadletter.DlqCommand;
import io.tokensync.cli.demo.DemoCommand;
import io.tokensync.cli.jdbc.ExportCommand;
import io.tokensync.cli.jdbc.QueryCommand;
import io.tokensync.cli.local.LocalCommand;
import io.tokensync.cli.refetch.RefetchCommand;
import io.tokensync.cli.replay.ReplayCommand;
import io.tokensync.cli.schema.SchemaCommand;
import io.tokensync.cli.status.ReportCommand;
import io.tokensync.cli.status.StatusCommand;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.JavaLogging;
import io.tokensync.cli.terminal.LogOptions;
import io.tokensync.cli.terminal.Logging;
import io.tokensync.cli.terminal.TypedSecrets;
import io.tokensync.cli.token.TokenCommand;
import io.tokensync.cli.verify.VerifyCommand;
import io.tokensync.common.config.ConfigException;
import io.tokensync.common.kafka.NoBrokerException;
import io.tokensync.embedded.EmbeddedKafkaException;
import io.tokensync.enricher.EnricherMain;
import io.tokensync.enricher.codebook.CodebookCommand;
import io.tokensync.monitor.MonitorMain;
import io.tokensync.scanner.ScannerMain;
import io.tokensync.simulator.SimulateMain;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.standalone.run.StageFailedException;
import io.tokensync.standalone.run.WaitedTooLongException;
import io.tokensync.writer.WriterMain;
import io.tokensync.writer.batch.SqlFailure;

/** Entry point of {@code ./tokensync}. */
@Command(name = "tokensync", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Keeps one SQL table right about the tokens of many Rubix nodes.", subcommands = {
        DemoCommand.class, LocalCommand.class, ScannerMain.class, EnricherMain.class, WriterMain.class,
        MonitorMain.class,
        StatusCommand.class, ReportCommand.class, VerifyCommand.class, AuditCommand.class, TopicsCommand.class,
        CheckCommand.class,
        ConfigCommand.class, SchemaCommand.class, ReplayCommand.class, DlqCommand.class, RefetchCommand.class,
        QueryCommand.class, TokenCommand.class, ExportCommand.class,
        CodebookCommand.class, SimulateMain.class, MovedBenchCommand.class, VersionCommand.class,
        CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    /** Commands that run for months under a supervisor, which collects their log from standard output. */
    private static final Set<String> SERVICES = Set.of("scanner", "enricher", "writer", "monitor");

    @Mixin(name = LogOptions.NAME)
    @SuppressWarnings("unused") // read where it is mixed in
    private LogOptions logging;

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command line in this process and returns its exit code. */
    public static int run(String... args) {
        JavaLogging.intoTheLog();
        return explaining(commandLine()).setExecutionStrategy(Main::withLogging).execute(args);
    }

    /** Lets a command line tell wrong arguments, typed secrets and failures as this one does: a message, and an exit code. */
    public static CommandLine explaining(CommandLine commandLine) {
        return commandLine.setParameterExceptionHandler(Main::complain).setExecutionStrategy(Main::withWarnings)
                .setExecutionExceptionHandler(Main::explain);
    }

    static CommandLine commandLine() {
        return HelpExitCodes.into(
                HelpGroups.into(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true)));
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    static int withLogging(ParseResult parsed) {
        LogOptions.apply(parsed);
        ParseResult command = parsed.subcommand();
        // A command of an operator, such as scanner status, is none that a supervisor runs.
        if (command != null && !command.hasSubcommand() && SERVICES.contains(command.commandSpec().name())) {
            Logging.toStandardOutput();
        }
        return withWarnings(parsed);
    }

    private static int withWarnings(ParseResult parsed) {
        TypedSecrets.warnings(parsed).forEach(warning -> parsed.commandSpec().commandLine().getErr()
                .println("warning: " + warning));
        return new RunLast().execute(parsed);
    }

    /** An argument that nobody knows is what is wrong, even when for want of it another one is missing. */
    static int complain(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        ParameterException shown = unknown.isEmpty() ? problem : new UnmatchedArgumentException(command, unknown);
        command.getErr().println(shown.getMessage());
        Optional<String> hint = command.getParent() == null
                ? OldToolOptions.hint(List.of(arguments))
                : Optional.empty();
        if (hint.isPresent()) {
            command.getErr().println(hint.get());
            return ExitCode.USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(shown, command.getErr())) {
            command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        switch (failure) {
            case ConfigException e -> {
                command.getErr().println(e.getMessage());
                return ExitCode.USAGE;
            }
            case DataDirectoryException e -> command.getErr().println(e.getMessage());
            case WaitedTooLongException e -> command.getErr().println(e.getMessage());
            case StageFailedException e -> command.getErr().println(e.getMessage());
            case EmbeddedKafkaException e -> command.getErr().println(e.getMessage());
            case InterruptedException _ -> {
                return ExitCode.INTERRUPTED;
            }
            case UnknownTopicOrPartitionException _ -> command.getErr()
                    .println("there is no such topic, or this user may not see it: tokensync topics print");
            case NoBrokerException e -> command.getErr().println(e.getMessage());
            case KafkaException e -> command.getErr().println("Kafka: " + e.getMessage());
            case SqlFailure e -> command.getErr()
                    .println((e.isAway() ? "the database does not answer: " : "the database rejects: ")
                            + e.getMessage());
            default -> {
                return unexpected(failure, command);
            }
        }
        return ExitCode.FAILED;
    }

    static int unexpected(Exception failure, CommandLine command) {
        LoggerFactory.getLogger(Main.class).error("command failed", failure);
        command.getErr().println(command.getCommandName() + " failed: " + failure);
        return ExitCode.FAILED;
    }
}
