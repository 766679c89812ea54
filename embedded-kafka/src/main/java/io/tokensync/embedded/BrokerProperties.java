package io.tokensync.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * Settings of a node that serves a handful of clients on one machine: few threads, small buffers, internal topics of one
 * partition, no waiting for other members.
 */
final class BrokerProperties {
    static final String HOST = "127.0.0.1";
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENT";

    private static final long KEEP_FOR_EVER = -1;
    private static final int MINUTES_OF_TEN_YEARS = 10 * 365 * 24 * 60;

    private final Properties properties = new Properties();

    private BrokerProperties() {}

    static Properties of(EmbeddedKafkaOptions options, Path logs, BrokerPorts ports) {
        BrokerProperties built = new BrokerProperties();
        built.node(logs, ports);
        built.listeners(ports, options.login().isPresent());
        options.login().ifPresent(built::login);
        built.internalTopics();
        built.groupsAndTransactions();
        built.retention(options);
        built.footprint();
        built.properties.putAll(options.properties());
        return built.properties;
    }

    private void node(Path logs, BrokerPorts ports) {
        set("process.roles", "broker,controller");
        set("node.id", NODE_ID);
        set("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller());
        set("log.dirs", logs);
        set("auto.create.topics.enable", false);
    }

    private void listeners(BrokerPorts ports, boolean login) {
        String client = CLIENT_LISTENER + "://" + HOST + ":" + ports.broker();
        String protocol = login ? "SASL_PLAINTEXT" : "PLAINTEXT";
        set("listeners", client + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + ports.controller());
        set("advertised.listeners", client);
        set("listener.security.protocol.map",
                CLIENT_LISTENER + ":" + protocol + "," + CONTROLLER_LISTENER + ":" + protocol);
        set("controller.listener.names", CONTROLLER_LISTENER);
        set("inter.broker.listener.name", CLIENT_LISTENER);
    }

    private void login(BrokerLogin login) {
        set("sasl.enabled.mechanisms", "PLAIN");
        set("sasl.mechanism.inter.broker.protocol", "PLAIN");
        set("sasl.mechanism.controller.protocol", "PLAIN");
        for (String listener : new String[]{CLIENT_LISTENER, CONTROLLER_LISTENER}) {
            set("listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
                    login.listenerConfig());
        }
    }

    private void internalTopics() {
        for (String topic : new String[]{"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            set(topic + ".replication.factor", 1);
            set(topic + ".num.partitions", 1);
        }
        set("transaction.state.log.min.isr", 1);
        set("share.coordinator.state.topic.min.isr", 1);
        set("default.replication.factor", 1);
        set("min.insync.replicas", 1);
    }

    private void groupsAndTransactions() {
        set("group.initial.rebalance.delay.ms", 0);
        set("group.min.session.timeout.ms", 1_000);
        // A member that died in the middle of a transaction holds up every read_committed reader until it is aborted.
        set("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
        // The next transaction begins while the last one is being completed. The broker waits for that instead of rejecting
        // the first records, which would have every batch behind them rejected as well.
        set("add.partitions.to.txn.retry.backoff.ms", 5);
        set("add.partitions.to.txn.retry.backoff.max.ms", 10_000);
        // A tree of nodes that is looked at once a month must not be read from the start each time.
        set("offsets.retention.minutes", MINUTES_OF_TEN_YEARS);
    }

    private void retention(EmbeddedKafkaOptions options) {
        set("log.retention.ms", options.retention().map(Duration::toMillis).orElse(KEEP_FOR_EVER));
        set("log.retention.bytes", KEEP_FOR_EVER);
    }

    private void footprint() {
        set("num.network.threads", 1);
        set("num.io.threads", 2);
        set("background.threads", 1);
        set("num.recovery.threads.per.data.dir", 1);
        set("num.replica.alter.log.dirs.threads", 1);
        set("group.coordinator.threads", 1);
        set("group.coordinator.background.threads", 1);
        set("share.coordinator.threads", 1);
        set("log.cleaner.threads", 1);
        set("log.cleaner.dedupe.buffer.size", 4 << 20);
        set("log.cleaner.io.buffer.size", 128 << 10);
        set("log.segment.bytes", 256 << 20);
        set("log.index.size.max.bytes", 1 << 20);
        set("queued.max.requests", 100);
    }

    private void set(String key, Object value) {
        properties.setProperty(key, value.toString());
    }
}
