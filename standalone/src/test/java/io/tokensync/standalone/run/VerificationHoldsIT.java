package io.tokensync.standalone.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static io.tokensync.standalone.run.VerifiedPipeline.id;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever has happened to the table, the state or the topics: in the end the table is equal to the nodes, and what was wrong is said. */
class VerificationHoldsIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final String AGENT = "one";
    private static final String OTHER = "other";
    private static final int TOKENS = 60;
    private static final int MOST_TURNS = 8;

    @TempDir
    private Path directory;

    private VerifiedPipeline pipeline;

    @BeforeEach
    void fill() throws Exception {
        pipeline = new VerifiedPipeline(KAFKA, directory);
        pipeline.makeNode(AGENT, 0, TOKENS);
        pipeline.startAgent(AGENT);
        pipeline.awaitVerified("equal new_state");
        assertThat(pipeline.rows()).hasSize(TOKENS).isEqualTo(pipeline.truth(AGENT));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void rowsUpdatedDeletedAndInsertedByHand() throws Exception {
        pipeline.onTable("UPDATE dbo.TokenRecords SET did = 'thief' WHERE token_id = '" + id(1) + "'",
                "DELETE FROM dbo.TokenRecords WHERE token_id = '" + id(2) + "'",
                "UPDATE dbo.TokenRecords SET deleted_version = record_version WHERE token_id = '" + id(3) + "'",
                "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, token_status, db_path)"
                        + " SELECT source_ip, node_name, 'QmInvented', 'thief', '0', db_path FROM dbo.TokenRecords"
                        + " WHERE token_id = '" + id(4) + "'");
        assertThat(pipeline.verify(AGENT)).startsWith("differs command").endsWith("equal repair");
        assertThat(pipeline.rows()).isEqualTo(pipeline.truth(AGENT));
        assertThat(pipeline.query("SELECT rows_republished || ' ' || rows_deleted FROM dbo.vw_NodeVerification"))
                .containsExactly("3 1");
    }

    @Test
    void aStateThatIsLostWithDeletionsInBetween() throws Exception {
        pipeline.stopAgent(AGENT);
        pipeline.loseState(AGENT);
        pipeline.onNode(AGENT, "DELETE FROM TokensTable WHERE token_id IN ('" + id(1) + "', '" + id(2) + "')",
                "UPDATE TokensTable SET did = 'heir' WHERE token_id = '" + id(3) + "'");
        pipeline.startAgent(AGENT);
        pipeline.awaitEqual(AGENT);
        pipeline.awaitVerified("equal repair");
        assertThat(pipeline.verifications()).containsSubsequence("differs new_state", "equal repair");
    }

    @Test
    void aTableThatWasTruncated() throws Exception {
        pipeline.onTable("DELETE FROM dbo.TokenRecords");
        assertThat(pipeline.verify(AGENT)).startsWith("differs command").endsWith("equal repair");
        assertThat(pipeline.rows()).hasSize(TOKENS).isEqualTo(pipeline.truth(AGENT));
    }

    /** A deletion that the table has forgotten, as after a backup was restored, and a topic that tells the old rows again. */
    @Test
    void anOldTopicThatIsReplayedIntoATableThatForgotADeletion() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> old = KAFKA.readCommitted(pipeline.topic("enriched"));
        pipeline.onNode(AGENT, "DELETE FROM TokensTable WHERE token_id = '" + id(1) + "'",
                "UPDATE TokensTable SET did = 'heir' WHERE token_id = '" + id(2) + "'");
        pipeline.awaitEqual(AGENT);
        pipeline.onTable("DELETE FROM dbo.TokenRecords WHERE token_id IN ('" + id(1) + "', '" + id(2) + "')");
        List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
        old.forEach(record -> again.add(new ProducerRecord<>(record.topic(), null, record.key(), record.value(),
                record.headers())));
        KAFKA.produce(again);
        assertThat(pipeline.verify(AGENT)).startsWith("differs command").endsWith("equal repair");
        assertThat(pipeline.rows()).hasSize(TOKENS - 1).isEqualTo(pipeline.truth(AGENT));
    }

    /** Of the deletion nobody knows any more but the node. */
    @Test
    void aTopicThatForgot() throws Exception {
        pipeline.stopWriter();
        pipeline.onNode(AGENT, "DELETE FROM TokensTable WHERE token_id = '" + id(1) + "'");
        assertThat(pipeline.rows()).hasSize(TOKENS);
        pipeline.forget(pipeline.topic("enriched"), TOKENS + 1);
        pipeline.startWriter();
        assertThat(pipeline.verify(AGENT)).endsWith("equal repair");
        assertThat(pipeline.rows()).hasSize(TOKENS - 1).isEqualTo(pipeline.truth(AGENT));
    }

    @Test
    void twoAgentsThatClaimOneNode() throws Exception {
        pipeline.makeNode(OTHER, 30, TOKENS);
        pipeline.startAgent(OTHER);
        pipeline.awaitVerified("equal repair");
        assertThat(pipeline.rows()).isEqualTo(pipeline.truth(OTHER));
        assertThat(pipeline.verify(AGENT)).containsExactly("contested command");
        pipeline.stopAgent(OTHER);
        List<String> outcomes = new ArrayList<>();
        while (!outcomes.contains("equal repair") && outcomes.size() < MOST_TURNS) {
            outcomes.addAll(pipeline.verify(AGENT));
        }
        assertThat(outcomes).containsSubsequence("contested command", "differs command", "equal repair");
        assertThat(pipeline.rows()).isEqualTo(pipeline.truth(AGENT));
    }
}
