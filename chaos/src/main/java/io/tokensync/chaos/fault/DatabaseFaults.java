package io.tokensync.chaos.fault;

import java.time.Duration;

import io.tokensync.chaos.net.TcpLink;
import io.tokensync.chaos.schedule.PlannedFault;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.Occasion;

/** What goes wrong with a database in the cloud. */
final class DatabaseFaults {
    private static final String SUBJECT = "database";

    private final SqlServerEndpoint database;
    private final TcpLink link;

    DatabaseFaults(SqlServerEndpoint database, TcpLink link) {
        this.database = database;
        this.link = link;
    }

    Fault of(PlannedFault planned) {
        return switch (planned.kind()) {
            case DATABASE_AWAY -> new Fault(SUBJECT, this::cut, link::heal);
            case DATABASE_SILENT -> new Fault(SUBJECT, link::silence, link::heal);
            case DATABASE_SLOW -> slow(Duration.ofMillis(50 + planned.detail(400)));
            case DATABASE_THROTTLED ->
                scripted(new Occasion(Event.Executing.class::isInstance, 1, 1).always(),
                        new Effect.Fail(AzureErrors.busy()));
            case DATABASE_FAILING_OVER -> failover();
            case COMMIT_UNANSWERED -> scripted(Occasion.commit(1).always(), new Effect.CutAfter());
            default -> throw new IllegalArgumentException("no fault of databases: " + planned.kind());
        };
    }

    private void cut() {
        link.cut();
        // What was not committed is rolled back, as after a crash.
        database.killSessions();
    }

    private Fault slow(Duration delay) {
        return new Fault(SUBJECT + ", " + delay.toMillis() + " ms", () -> link.slow(delay), link::heal);
    }

    private Fault scripted(Occasion occasion, Effect effect) {
        return new Fault(SUBJECT, () -> database.script().on(occasion, effect), database.script()::clear);
    }

    private Fault failover() {
        Fault logins = scripted(Occasion.login(1).always(), new Effect.Fail(AzureErrors.databaseUnavailable()));
        return new Fault(SUBJECT, () -> {
            logins.begin().run();
            database.killSessions();
        }, logins.end());
    }
}
