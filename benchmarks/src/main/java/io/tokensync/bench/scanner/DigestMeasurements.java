package io.tokensync.bench.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.scanner.state.sqlite.StateView;

/** The agent's half of a verification: every row of every node is read, compared with the state and digested. */
public final class DigestMeasurements {
    private static final Duration BOUND = Duration.ofMinutes(30);
    /** 3.4 million rows in a minute. */
    private static final double MOST_MICROS = 60e6 / 3.4e6;
    private static final double RESIDENT_MB = 200;
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String INTERVAL = "scanner.verify.interval";

    private final Path directory;
    private final int rowsOfANode;
    private final int databases;
    private final Clock clock;
    private final Consumer<String> say;

    /**
     * @param rows of all nodes
     * @param databases how many nodes
     * @param say hears what is being done
     */
    public DigestMeasurements(Path directory, int rows, int databases, Clock clock, Consumer<String> say) {
        this.directory = directory;
        this.rowsOfANode = Math.max(1, rows / databases);
        this.databases = databases;
        this.clock = clock;
        this.say = say;
    }

    /** Processor time and memory of a process that has ended. */
    private record Cost(Duration cpu, long peakBytes) {}

    /** Publishes all nodes, and then verifies each in a process with the launcher's options. */
    public List<Measurement> measure() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            try (Admin admin = new KafkaClients(KafkaSettings.at(kafka.bootstrapServers())).admin("bench")) {
                TopicSet.local(1).create(admin);
            }
            say.accept("making " + databases + " databases ...");
            Path root = directory.resolve("nodes");
            for (int node = 0; node < databases; node++) {
                BenchNode.create(root, "node" + node, rowsOfANode);
            }
            Agent agent = Agent.over(root, kafka.bootstrapServers(), "tokens.scanned", clock);
            say.accept("publishing them ...");
            var _ = cycle(agent.with(INTERVAL, "0s"));
            Cost idle = cycle(agent.with(INTERVAL, "0s"));
            say.accept("verifying them ...");
            Cost verifying = cycle(agent.with(INTERVAL, "24h"));
            requireVerified(Path.of(agent.settings().get("scanner.state-dir")));
            double rows = (double) rowsOfANode * databases;
            double micros = verifying.cpu().minus(idle.cpu()).toNanos() / NANOS_PER_MICRO;
            return List.of(
                    Measurement.atMost("processor time of the agent for each row", micros / rows, "µs", MOST_MICROS),
                    Measurement.note("processor time of the agent for all of them", micros / MEGA, "s"),
                    Measurement.atMost("peak resident memory of the agent", verifying.peakBytes() / MEGA, "MB",
                            RESIDENT_MB));
        }
    }

    private Cost cycle(Agent agent) throws IOException, InterruptedException {
        try (ChildJvm child = agent.startChild(directory, true)) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the agent did not end as it should:\n" + child.output());
            }
            return new Cost(child.cpuTime(), child.peakBytes());
        }
    }

    private void requireVerified(Path state) {
        try (StateView view = StateView.open(state)) {
            long verified = view.status().databases().stream()
                    .filter(database -> database.verification() != null
                            && database.verification().rows() == rowsOfANode)
                    .count();
            if (verified != databases) {
                throw new IllegalStateException(verified + " of " + databases + " nodes were verified");
            }
        }
    }
}
