package io.tokensync.chaos.cluster;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import io.tokensync.chaos.net.Ports;
import io.tokensync.chaos.net.TcpLink;
import io.tokensync.chaos.process.Child;
import io.tokensync.common.time.Sleeper;

/**
 * Three brokers that are controllers too. Clients, the other brokers and the other controllers reach each over links of its
 * own; the suite itself has a way past them.
 */
final class Brokers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final String CONTROLLER = "CONTROLLER";

    private final Path directory;
    private final List<Node> nodes;
    private final List<Child> children = new ArrayList<>();

    /** One broker: where it listens, and the links to it. */
    private record Node(int id, int direct, int clients, int brokers, int controller, TcpLink clientLink,
            TcpLink brokerLink, TcpLink controllerLink) {
        static Node open(int id, Ports ports, Sleeper sleeper) {
            int clients = ports.free();
            int brokers = ports.free();
            int controller = ports.free();
            return new Node(id, ports.free(), clients, brokers, controller,
                    TcpLink.open(ports.free(), clients, sleeper), TcpLink.open(ports.free(), brokers, sleeper),
                    TcpLink.open(ports.free(), controller, sleeper));
        }

        List<TcpLink> links() {
            return List.of(clientLink, brokerLink, controllerLink);
        }
    }

    private Brokers(Path directory, List<Node> nodes) {
        this.directory = directory;
        this.nodes = nodes;
    }

    /** Formats three directories; nothing runs yet but the links. */
    static Brokers prepare(Path directory, Ports ports, Processes processes, Sleeper sleeper) throws Exception {
        Brokers brokers = new Brokers(directory,
                IntStream.rangeClosed(1, COUNT).mapToObj(id -> Node.open(id, ports, sleeper)).toList());
        Files.createDirectories(directory);
        Path logging = directory.resolve("logback.xml");
        try (InputStream resource = Brokers.class.getResourceAsStream("/chaos/logback-broker.xml")) {
            Files.copy(Objects.requireNonNull(resource), logging, StandardCopyOption.REPLACE_EXISTING);
        }
        String cluster = Uuid.randomUuid().toString();
        for (Node node : brokers.nodes) {
            brokers.format(node, cluster);
            Path properties = directory.resolve("broker-" + node.id + ".properties");
            Files.writeString(properties, brokers.properties(node));
            brokers.children.add(processes.broker("broker-" + node.id, properties, logging));
        }
        return brokers;
    }

    List<Child> children() {
        return children;
    }

    /** For the stages. */
    String bootstrapServers() {
        return addresses(node -> node.clientLink.port());
    }

    /** For the suite, past all links. */
    String directServers() {
        return addresses(Node::direct);
    }

    /** Everything that leads to one broker. */
    List<TcpLink> linksOf(int index) {
        return nodes.get(index).links();
    }

    /** What leads clients to any broker. */
    List<TcpLink> clientLinks() {
        return nodes.stream().map(Node::clientLink).toList();
    }

    /** Whether all of them serve. */
    boolean all(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size() == COUNT;
        } catch (ExecutionException _) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.links().forEach(TcpLink::close));
    }

    private String addresses(ToIntFunction<Node> port) {
        return nodes.stream().map(node -> "127.0.0.1:" + port.applyAsInt(node)).collect(Collectors.joining(","));
    }

    private Path data(Node node) {
        return directory.resolve("data-" + node.id);
    }

    private void format(Node node, String cluster) throws Exception {
        Path data = data(node);
        Files.createDirectories(data);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter().setNodeId(node.id).setClusterId(cluster)
                    .setReleaseVersion(MetadataVersion.latestProduction()).setControllerListenerName(CONTROLLER)
                    .addDirectory(data.toString()).setMetadataLogDirectory(data.toString()).setPrintStream(silent)
                    .run();
        }
    }

    private String properties(Node node) {
        String voters = nodes.stream().map(each -> each.id + "@127.0.0.1:" + each.controllerLink.port())
                .collect(Collectors.joining(","));
        return """
                process.roles=broker,controller
                node.id=%d
                controller.quorum.voters=%s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=BROKERS
                listener.security.protocol.map=DIRECT:PLAINTEXT,CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT
                listeners=DIRECT://127.0.0.1:%d,CLIENTS://127.0.0.1:%d,BROKERS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=DIRECT://127.0.0.1:%d,CLIENTS://127.0.0.1:%d,BROKERS://127.0.0.1:%d
                log.dirs=%s
                auto.create.topics.enable=false
                default.replication.factor=3
                min.insync.replicas=2
                offsets.topic.replication.factor=3
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=3
                transaction.state.log.num.partitions=3
                transaction.state.log.min.isr=2
                share.coordinator.state.topic.replication.factor=3
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=1
                num.io.threads=2
                background.threads=1
                num.recovery.threads.per.data.dir=1
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=4194304
                log.segment.bytes=67108864
                log.index.size.max.bytes=1048576
                log.retention.ms=-1
                """.formatted(node.id, voters, node.direct, node.clients, node.brokers, node.controller, node.direct,
                node.clientLink.port(), node.brokerLink.port(), data(node));
    }
}
