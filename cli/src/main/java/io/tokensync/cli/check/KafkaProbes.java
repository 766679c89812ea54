package io.tokensync.cli.check;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;

/**
 * Whether Kafka answers, and its topics are there with no less than the configurations say.
 *
 * @param settings where Kafka is and how to get in
 * @param topics what the configurations say of them
 */
record KafkaProbes(KafkaSettings settings, TopicSet topics) {
    private static final Duration ANSWER = Duration.ofSeconds(12);

    ProbeGroup group() {
        String where = settings.bootstrapServers();
        return new ProbeGroup(new Probe("Kafka connection", where,
                "see that it runs, that kafka.bootstrap-servers is right, and what kafka.properties say of security",
                this::connection),
                List.of(new Probe("Kafka topics", where, "see the login's rights (DESCRIBE and DESCRIBE_CONFIGS)",
                        this::compared)));
    }

    private String connection() throws Exception {
        try (Admin admin = admin()) {
            int brokers = admin.describeCluster(new DescribeClusterOptions()
                    .timeoutMs(Math.toIntExact(ANSWER.toMillis()))).nodes().get().size();
            return brokers + (brokers == 1 ? " broker" : " brokers");
        } catch (ExecutionException e) {
            throw new IllegalStateException("no broker answers (" + e.getCause().getMessage() + ")", e);
        }
    }

    private String compared() throws InterruptedException, ProbeFailure {
        try (Admin admin = admin()) {
            List<String> differences = topics.shortcomings(admin);
            if (!differences.isEmpty()) {
                boolean missing = differences.stream().anyMatch(line -> line.contains("does not exist"));
                String all = String.join("; ", differences).replace("; " + TopicSet.HOW_TO_CREATE, "");
                throw new ProbeFailure(all, missing
                        ? TopicSet.HOW_TO_CREATE + " --config FILE, with the same topics.* keys"
                        : "change the topic (kafka-topics.sh --alter, kafka-configs.sh), or what topics.* say of it");
            }
            return topics.all().size() + " topics, with no less than is configured";
        }
    }

    private Admin admin() {
        return new KafkaClients(settings).admin("tokensync-check");
    }
}
