package io.tokensync.writer.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.Unmatched;
import io.tokensync.testkit.property.JsonMutations;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Anybody who may write to the topic may write anything: what the tables cannot hold is dead-lettered, and nothing throws. */
class HostileSummariesTest {
    static List<SessionSummary> summaries() {
        return List.of(Summaries.session(1, 5), Summaries.database(1, 1, 5),
                new AgentSeen("10.0.0.1", Summaries.START, Summaries.START, 3,
                        List.of(new StandingProblem("unreadable", "/n", "torn", Summaries.START, Summaries.START)),
                        SessionTotals.NONE),
                new LatestDatabase("10.0.0.1", "node", "/n/rubix.db", Summaries.START, 1, 0, Summaries.START,
                        Summaries.START, Summaries.session(1, 1).sessionId(), SessionStatus.RUNNING),
                new Unmatched(Map.of("unreadable_record", 1L), Map.of(), Summaries.START));
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void whateverAFieldSaysTheHandlerGoesOn(SessionSummary summary) throws Exception {
        try (Database database = Database.open(SqliteDatabases.fresh(), 1)) {
            new Schema(database).migrate();
            SessionSink handler = new SessionSink(database.summaryWriter(), List.of(), "writer", "dead");
            int dead = 0;
            for (String json : JsonMutations
                    .of(new String(SessionSummarySerde.write(summary), StandardCharsets.UTF_8))) {
                dead += handle(handler, json).size();
            }
            assertThat(dead).isPositive();
            assertThat(handle(handler, new String(SessionSummarySerde.write(summary), StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> handle(SessionSink handler, String json) throws Exception {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("sessions", 0, 0, new byte[0],
                json.getBytes(StandardCharsets.UTF_8));
        assertThatCode(() -> handler.handle(List.of(record))).as(json.length() > 5_000 ? "long" : json)
                .doesNotThrowAnyException();
        return handler.handle(List.of(record));
    }
}
