package io.tokensync.cli.token;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.output.TableFormat;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.cli.token.jdbc.TokenDatabase;
import io.tokensync.cli.token.jdbc.TokenException;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** {@code token}: every holder over time, parents and parts, content, findings and verification of one token. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Tells all that the table knows of one token: who holds and has held it, its parents and parts, what its content says, findings that name it.")
public final class TokenCommand implements Callable<Integer> {
    /** Of each kind of finding, so many rows are looked through for the token. */
    private static final int ROWS_OF_A_KIND = 10_000;
    private static final String MORE_TIME = "with more time asks: tokensync audit --kind KIND --timeout DURATION";

    @Parameters(paramLabel = "ID", description = "the token's id")
    private String token;

    @Mixin
    private SqlOptions server;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--no-findings", description = "leaves the findings out, for which the whole table is read")
    private boolean withoutFindings;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        server.read(false);
        Optional<SqlSettings> named = server.settings(System.getenv());
        EmbeddedDatabase embedded = EmbeddedDatabase.of(data);
        if (named.isEmpty() && !embedded.exists()) {
            System.err.println(embedded.missing());
            return ExitCode.USAGE;
        }
        return tell(named.orElseGet(embedded::settings));
    }

    private int tell(SqlSettings settings) throws InterruptedException {
        try (TokenDatabase database = TokenDatabase.open(settings)) {
            TokenReport report = TokenReport.of(token, database,
                    withoutFindings ? Optional.empty() : Optional.of(findings(settings)));
            if (!report.isKnown()) {
                System.err.println("no node lists this token, and none has: " + token);
                return ExitCode.FAILED;
            }
            if (json) {
                TokenJson.print(report, System.out);
            } else {
                new TokenOutput(System.out, Terminal.width().orElse(TableFormat.UNBOUNDED)).print(report);
            }
            report.unanswered().forEach(missing -> System.err.println(missing.text()));
            return report.unanswered().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (TokenException e) {
            System.err.println(e.getMessage());
        } catch (AuditException e) {
            System.err.println("the table could not be audited: " + e.getMessage());
        }
        return ExitCode.FAILED;
    }

    private static AuditAnswers findings(SqlSettings settings) throws AuditException, InterruptedException {
        List<FindingKind> kinds = Stream.of(FindingKind.values()).filter(kind -> kind != FindingKind.QUIET_NODES)
                .toList();
        AuditAnswers answers = new AuditDatabase(settings, AuditSettings.QUIET, Clock.systemUTC(), MORE_TIME)
                .find(kinds, new Rows(0, ROWS_OF_A_KIND));
        answers.findings().stream().filter(finding -> finding.rows() > finding.sample().size())
                .forEach(finding -> System.err.println("of \"" + finding.kind().title() + "\" only the first "
                        + finding.sample().size() + " of " + finding.rows()
                        + " rows were looked through; all are told by: tokensync audit --kind "
                        + finding.kind().code()));
        return answers;
    }
}
