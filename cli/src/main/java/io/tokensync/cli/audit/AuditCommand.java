package io.tokensync.cli.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.output.RowFormat;
import io.tokensync.cli.output.TableFormat;
import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;

/** {@code audit}: what contradicts itself in the table. */
@Command(name = "audit", mixinStandardHelpOptions = true, subcommands = AuditReportCommand.class, description = "Asks the table for contradictions: tokens free on two nodes, parts worth more than their parent … Exit code 3 when something was found, 1 when a kind was not answered.")
public final class AuditCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Mixin
    private final AuditTarget table = new AuditTarget();

    @Option(names = "--kind", paramLabel = "KIND", description = "only this kind of finding; repeatable")
    private List<String> kinds = List.of();

    @Option(names = "--limit", paramLabel = "ROWS", description = "most rows shown of each kind (default: " + SHOWN
            + ")")
    private int limit = SHOWN;

    @Option(names = "--offset", paramLabel = "ROWS", description = "rows left out before them (default: 0)")
    private long offset;

    @Option(names = "--format", description = "table, csv or json; tables are cut to the width of a terminal (default: ${DEFAULT-VALUE})")
    private RowFormat format = RowFormat.table;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = DurationConverter.Positive.class, description = "how long one question may take, such as 30m or 2h (default: query-timeout of the configuration, 2m with --data)")
    private Duration timeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<FindingKind> wanted = wanted();
        if (limit < 1 || offset < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, and --offset not below 0");
        }
        if (timeout != null && timeout.toSeconds() < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be at least 1s");
        }
        try {
            AuditAnswers answers = find(wanted);
            new FindingsOutput(System.out, Terminal.width().orElse(TableFormat.UNBOUNDED))
                    .print(answers, json ? RowFormat.json : format);
            return exitCode(answers);
        } catch (AuditException e) {
            System.err.println("the table could not be audited: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** "Nothing found" and "found" are said of all that was asked for only. */
    private static int exitCode(AuditAnswers answers) {
        if (!answers.isComplete()) {
            answers.unanswered().forEach(missing -> System.err.println(missing.text()));
            return ExitCode.FAILED;
        }
        return answers.findings().stream().allMatch(finding -> finding.rows() == 0)
                ? ExitCode.DONE
                : ExitCode.INCOMPLETE;
    }

    private List<FindingKind> wanted() {
        List<FindingKind> wanted = new ArrayList<>();
        for (String code : kinds) {
            wanted.add(FindingKind.of(code).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--kind " + code + " is not one of " + codes())));
        }
        return wanted.isEmpty() ? List.of(FindingKind.values()) : wanted;
    }

    private static String codes() {
        return String.join(", ", List.of(FindingKind.values()).stream().map(FindingKind::code).toList());
    }

    private AuditAnswers find(List<FindingKind> wanted) throws AuditException {
        AuditTarget.Place place = table.place();
        SqlSettings sql = timeout == null ? place.sql() : place.sql().unhurried(timeout);
        return new AuditDatabase(sql, place.quiet(), Clock.systemUTC(), "allow more with --timeout DURATION")
                .find(wanted, new Rows(offset, limit));
    }
}
