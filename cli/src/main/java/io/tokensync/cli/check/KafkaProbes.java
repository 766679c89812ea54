package io.tokensync.cli.check;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.cli.operator.Probe;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;

/** Whether Kafka answers, and its topics are as they should be. */
final class KafkaProbes {
    private static final long ANSWER_SECONDS = 15;

    private final KafkaSettings settings;
    private final TopicSet topics;

    KafkaProbes(KafkaSettings settings, TopicSet topics) {
        this.settings = settings;
        this.topics = topics;
    }

    List<Probe> all() {
        return List.of(Probe.of("Kafka connection", this::connection), Probe.of("Kafka topics", this::topics));
    }

    private String connection() throws Exception {
        try (Admin admin = admin()) {
            int brokers = admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).size();
            return brokers + (brokers == 1 ? " broker" : " brokers") + " behind " + settings.bootstrapServers();
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("no broker answers at " + settings.bootstrapServers()
                    + "; is the address right, and does it want another login (kafka.properties)?", e);
        }
    }

    private String topics() throws InterruptedException {
        try (Admin admin = admin()) {
            List<String> differences = topics.differences(admin);
            if (!differences.isEmpty()) {
                throw new IllegalStateException(String.join("; ", differences));
            }
            return topics.all().size() + " topics as configured";
        }
    }

    private Admin admin() {
        return new KafkaClients(settings).admin("tokensync-check");
    }
}
