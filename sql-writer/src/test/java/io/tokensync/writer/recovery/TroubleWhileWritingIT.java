package io.tokensync.writer.recovery;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.FaultScript;
import io.tokensync.tds.faults.Occasion;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.WriterApp;

import static io.tokensync.tds.faults.Effect.fail;
import static io.tokensync.tds.faults.Occasion.bulkRow;
import static io.tokensync.tds.faults.Occasion.commit;
import static io.tokensync.tds.faults.Occasion.login;
import static io.tokensync.tds.faults.Occasion.statement;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One writer, on the real driver and a real broker, that meets one trouble of its database after the other. After each the
 * table is equal to the model, offsets were never ahead of it, nothing was dead-lettered, and no more connections or threads
 * are there than before.
 */
class TroubleWhileWritingIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final SqlServerEndpoint ENDPOINT = SqlServerEndpoint.start();
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Recovery recovery;
    private static WriterApp app;

    @BeforeAll
    static void start() throws Exception {
        Recovery.createTables(ENDPOINT);
        recovery = new Recovery(KAFKA, ENDPOINT, KAFKA.createTopic("dead", 1));
        app = recovery.start();
        recovery.send(400);
        recovery.awaitWritten();
    }

    @AfterAll
    static void stop() throws Exception {
        try (ENDPOINT; Recovery last = recovery) {
            last.assertConverged();
        }
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("the session is killed", on(statement("^MERGE"), new Effect.KillSessions())),
                trouble("the server restarts while it loads",
                        on(bulkRow(100), new Effect.Restart(Duration.ofMillis(300)))),
                trouble("the network is cut during a query", on(statement("COUNT"), new Effect.Reset())),
                trouble("the network is cut during an answer", on(statement("^MERGE"), new Effect.CutMidway())),
                trouble("the connection is lost inside the transaction", on(bulkRow(50), new Effect.Reset())),
                trouble("a server that does not answer a statement",
                        on(statement("^MERGE"), new Effect.Stall(LONG))),
                trouble("the victim of deadlocks",
                        on(statement("^MERGE").times(3), new Effect.Fail(AzureErrors.deadlock()))),
                trouble("locks that are not granted", on(statement("^MERGE").times(7), fail(1222, 16))),
                trouble("a failover: a storm of errors, then a redirect", failover(5)),
                trouble("no session left on the server",
                        again(3, AzureErrors.workersExhausted())),
                trouble("throttling",
                        script -> script.on(statement("^MERGE").times(2), new Effect.Fail(AzureErrors.busy()))
                                .on(statement("^MERGE").nth(2), new Effect.Fail(AzureErrors.workersExhausted()))),
                trouble("an expired token",
                        script -> script.on(statement("^MERGE"), fail(40623, 20)).on(login(1).times(3),
                                fail(18456, 14))),
                trouble("a serverless database that wakes up",
                        again(6, AzureErrors.databaseUnavailable())),
                trouble("an error that no table knows", on(statement("^MERGE").times(2), fail(51_234, 16))),
                trouble("a severe error that no table knows", on(statement("^MERGE").times(2), fail(51_234, 21))),
                trouble("a login that fails for a reason that no table knows", again(2, new SqlError(51_234, 1, 14,
                        "what has never been heard of"))),
                trouble("a replica that is not the primary one", again(3, new SqlError(983, 1, 14, "not primary"))),
                trouble("a firewall that is opened later", again(3, AzureErrors.firewall())),
                trouble("a transaction log that is full for a while", on(bulkRow(10).times(2), fail(9002, 17))),
                trouble("a database that is full for a while",
                        on(statement("^MERGE").times(3), new Effect.Fail(AzureErrors.databaseFull()))),
                trouble("a transaction that is too much at once", on(statement("^MERGE").times(2), fail(40552, 20))),
                trouble("an unknown outcome at COMMIT: applied", on(commit(1), new Effect.CutAfter())),
                trouble("an unknown outcome at COMMIT: not applied", on(commit(1), new Effect.CutBefore())),
                trouble("an unknown outcome at COMMIT: half an answer", on(commit(1), new Effect.CutMidway())),
                trouble("an unknown outcome at COMMIT: no answer",
                        on(commit(1), new Effect.Stall(LONG))),
                trouble("an error at COMMIT", on(commit(1), new Effect.Fail(AzureErrors.serviceError()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void theTableIsEqualToTheModelAfter(String what, Consumer<FaultScript> faults) throws Exception {
        faults.accept(ENDPOINT.script());
        recovery.send(600);
        recovery.awaitWritten();
        assertThat(ENDPOINT.script().pending()).as(what + ": faults that never struck").isZero();
        recovery.assertEqualToModel();
        recovery.assertNoMoreOpen(app);
    }

    private static Consumer<FaultScript> failover(int rejected) {
        return script -> script.on(statement("^MERGE"), new Effect.Fail(AzureErrors.serviceError()))
                .on(login(1).times(rejected), new Effect.Fail(AzureErrors.databaseUnavailable()))
                .on(login(rejected + 1), new Effect.Redirect(ENDPOINT.host(), ENDPOINT.port()));
    }

    /** The connection is lost, and so many times no other can be made. */
    private static Consumer<FaultScript> again(int rejected, SqlError error) {
        return script -> script.on(statement("^MERGE"), new Effect.KillSessions()).on(login(1).times(rejected),
                new Effect.Fail(error));
    }

    private static Consumer<FaultScript> on(Occasion occasion, Effect effect) {
        return script -> script.on(occasion, effect);
    }

    private static Arguments trouble(String what, Consumer<FaultScript> faults) {
        return Arguments.of(what, faults);
    }
}
