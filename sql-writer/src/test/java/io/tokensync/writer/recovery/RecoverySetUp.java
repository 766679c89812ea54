package io.tokensync.writer.recovery;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

/** A broker, the wire endpoint with its tables and a dead-letter topic for all tests of a class, topics for each. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RecoverySetUp {
    @RegisterExtension
    final EmbeddedKafkaExtension kafka = new EmbeddedKafkaExtension();

    final SqlServerEndpoint endpoint = SqlServerEndpoint.start();
    Recovery recovery;
    private String dead;

    @BeforeAll
    void createTables() throws Exception {
        Recovery.createTables(endpoint);
        dead = kafka.createTopic("dead", 1);
    }

    @AfterAll
    void stopEndpoint() {
        endpoint.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        recovery = new Recovery(kafka, endpoint, dead);
    }

    @AfterEach
    void close() {
        recovery.close();
    }
}
