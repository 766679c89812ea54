package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.chaos.jdbc.TableView;
import io.tokensync.chaos.net.Ports;
import io.tokensync.chaos.net.TcpLink;
import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.Child.Role;
import io.tokensync.chaos.process.Shell;
import io.tokensync.chaos.process.Watchdog;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.testkit.postgres.PostgresServer;

/**
 * Three brokers, two agents, two enrichers, three writers and two monitors as processes; a SQL Server endpoint in this one,
 * behind a link.
 */
public final class Installation implements AutoCloseable {
    private static final int ENRICHERS = 2;
    private static final int WRITERS = 3;
    private static final int MONITORS = 2;
    /** An agent copies a database that nobody has open, and leaves 64 MiB free for its state. */
    private static final int STATE_MIB = 256;

    private final ChaosSettings settings;
    private final Sleeper sleeper;
    private final Closer closer = new Closer();
    private final Watchdog watchdog = closer.register(Watchdog.start());
    private final SqlServerEndpoint database = closer.register(SqlServerEndpoint.start());
    private final TableView table = new TableView(database.data());
    private final Map<String, StateDisk> disks = new HashMap<>();
    private final Optional<Clocks> clocks;
    private final Ports ports;
    private final Processes processes;
    private final Brokers brokers;
    private final TcpLink databaseLink;
    private final Nodes nodes;
    private final StageFiles files;
    private final Path launcher;

    private Installation(ChaosSettings settings, Sleeper sleeper) throws Exception {
        this.settings = settings;
        this.sleeper = sleeper;
        try {
            this.launcher = installLauncher();
            this.clocks = Clocks.in(settings.directory().resolve("clocks"));
            this.ports = new Ports(new SplittableRandom());
            this.processes = closer.register(new Processes(settings, launcher, watchdog));
            this.brokers = closer.register(
                    Brokers.prepare(settings.directory().resolve("kafka"), ports, processes, sleeper));
            this.databaseLink = closer.register(TcpLink.open(ports.free(), database.port(), sleeper));
            this.nodes = closer.register(Nodes.write(settings, settings.directory().resolve("nodes"), sleeper));
            this.files = new StageFiles(settings.directory().resolve("config"), brokers.bootstrapServers());
            defineStages();
        } catch (Exception e) {
            closer.closeAfter(e);
            throw e;
        }
    }

    /** Makes everything; only the links and the database work yet. */
    public static Installation prepare(ChaosSettings settings, Sleeper sleeper) throws Exception {
        Files.createDirectories(settings.directory().resolve("logs"));
        return new Installation(settings, sleeper);
    }

    /** A script beside the jars, as an installation has it. */
    private Path installLauncher() throws IOException {
        Path home = Files.createDirectories(settings.directory().resolve("installation"));
        Path script = home.resolve("tokensync");
        Files.copy(settings.launcher(), script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(home.resolve("lib"), settings.lib());
        return script;
    }

    private void defineStages() throws IOException {
        for (Truth.Machine machine : nodes.written().machines()) {
            String name = "agent-" + machine.name();
            Path state = settings.directory().resolve("state").resolve(name);
            StateDisk.mount(state, STATE_MIB, watchdog).ifPresent(disk -> disks.put(name, closer.register(disk)));
            stage(Role.AGENT, "scanner", name, files.agent(name, ports.free(),
                    nodes.directory().resolve(machine.root()).toAbsolutePath(), state, machine.sourceIp()));
        }
        for (int i = 1; i <= ENRICHERS; i++) {
            stage(Role.ENRICHER, "enricher", "enricher-" + i, files.enricher("enricher-" + i, ports.free()));
        }
        for (int i = 1; i <= WRITERS; i++) {
            stage(Role.WRITER, "writer", "writer-" + i, files.writer("writer-" + i, ports.free(), url()));
        }
        for (int i = 1; i <= MONITORS; i++) {
            stage(Role.MONITOR, "monitor", "monitor-" + i,
                    files.monitor("monitor-" + i, ports.free(), ports.free()));
        }
    }

    private void stage(Role role, String command, String name, Path config) {
        Map<String, String> environment = new HashMap<>(switch (role) {
            case AGENT -> Map.of("TOKENSYNC_SCANNER_POSTGRES_PASSWORD", PostgresServer.PASSWORD);
            case WRITER -> login();
            default -> Map.of();
        });
        clocks.ifPresent(clock -> environment.putAll(clock.environment(name)));
        processes.stage(role, command, name, config, environment);
    }

    private Map<String, String> login() {
        return Map.of("TOKENSYNC_WRITER_SQL_USER", database.user(), "TOKENSYNC_WRITER_SQL_PASSWORD",
                database.password());
    }

    private String url() {
        return database.jdbcUrl(false).replace(":" + database.port() + ";", ":" + databaseLink.port() + ";");
    }

    /** Starts the brokers, makes topics and schema with the commands for it, and starts the stages and the changes. */
    public void start() throws Exception {
        brokers.children().forEach(Child::start);
        awaitBrokers();
        command(Map.of(), "topics", "create", "--config", files.topics().toString());
        command(login(), "schema", "migrate", "--config",
                settings.directory().resolve("config/writer-1.yaml").toString());
        nodes.begin(table, System::nanoTime);
        stages().forEach(Child::start);
    }

    private void awaitBrokers() throws Exception {
        try (Admin admin = kafka().admin("chaos-start")) {
            Duration bound = settings.bounds().start();
            if (!await(bound, sleeper, () -> brokers.all(admin))) {
                throw new IllegalStateException("the brokers do not serve within " + bound);
            }
        }
    }

    private void command(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
        environment.forEach((key, value) -> command.add(key + "=" + value));
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Shell.Result result = Shell.run(command.toArray(String[]::new));
        if (!result.isGood()) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with " + result.exitCode() + ": "
                    + result.output());
        }
    }

    /** Waits for something to become true, at most for so long. */
    public static boolean await(Duration bound, Sleeper sleeper, Condition condition) throws Exception {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            sleeper.sleep(Duration.ofMillis(250));
        }
        return true;
    }

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    public List<Child> processes() {
        return processes.all();
    }

    public List<Child> processes(Role role) {
        return processes.of(role);
    }

    /** All but the brokers. */
    public List<Child> stages() {
        return Stream.of(Role.AGENT, Role.ENRICHER, Role.WRITER, Role.MONITOR)
                .flatMap(role -> processes.of(role).stream()).toList();
    }

    public List<TcpLink> brokerLinks(int broker) {
        return brokers.linksOf(broker);
    }

    public List<TcpLink> clientLinks() {
        return brokers.clientLinks();
    }

    public TcpLink databaseLink() {
        return databaseLink;
    }

    public SqlServerEndpoint database() {
        return database;
    }

    public TableView table() {
        return table;
    }

    public Nodes nodes() {
        return nodes;
    }

    /** The way past all links, for the suite. */
    public KafkaClients kafka() {
        return new KafkaClients(KafkaSettings.at(brokers.directServers()));
    }

    /** Empty where there is no libfaketime. */
    public Optional<Clocks> clocks() {
        return clocks;
    }

    /** By the agent's name; empty where nothing may be mounted. */
    public Map<String, StateDisk> disks() {
        return Map.copyOf(disks);
    }

    /** Stops the stages in order, and names those that did not end when asked. */
    public List<String> stopStages() throws InterruptedException {
        return processes.stopStages();
    }

    @Override
    public void close() {
        closer.close();
    }
}
