package io.tokensync.cli.status;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.KafkaOptions;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.SessionReport;

/** {@code report}: what became of one session, as JSON. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Prints the report of a session as JSON: every count, its databases, and the rates of the stages.")
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "SESSION", description = "id of the session, as tokensync status shows it")
    private String sessionId;

    @Option(names = "--json", description = "As JSON, which is what it is in any case.")
    @SuppressWarnings("UnusedVariable")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Optional<MonitorViews> views;
        try (KafkaAccess access = kafka.open()) {
            views = Sessions.read(access, Clock.systemUTC());
        }
        Optional<SyncSession> session = views.flatMap(known -> known.session(sessionId));
        if (session.isEmpty()) {
            System.err.println("nothing is known of session " + sessionId
                    + ": see tokensync status for those that are kept");
            return ExitCode.FAILED;
        }
        System.out.println(Printable.lines(RecordJson.pretty(
                SessionReport.of(session.get(), views.orElseThrow().databases(sessionId)))));
        return ExitCode.DONE;
    }
}
