package io.tokensync.cli.check;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.cli.jdbc.EmbeddedProbe;
import io.tokensync.cli.jdbc.SqlProbes;
import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.Closer;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.LocalBroker;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.writer.jdbc.Database;

/** What is going to be tried, gathered from whatever names something. */
final class Checks implements AutoCloseable {
    /** Enough for a day of work on a machine of many nodes. */
    private static final long ROOM_FOR_DATA = 512L << 20;

    private final Closer closer = new Closer();
    private final List<ProbeGroup> groups = new ArrayList<>();
    private final boolean sendTest;
    private final Clock clock;

    /** @param sendTest whether channels of alerts are tried with a message */
    Checks(boolean sendTest, Clock clock) {
        this.sendTest = sendTest;
        this.clock = clock;
    }

    /** Everything that the files of stages name. */
    void stages(List<StageFile> files) {
        files.forEach(StageFile::validate);
        Set<KafkaProbes> clusters = new LinkedHashSet<>();
        files.forEach(file -> clusters.add(file.kafka(files)));
        clusters.forEach(cluster -> groups.add(cluster.group()));
        for (StageFile file : files) {
            file.scanner().ifPresent(agent -> groups.addAll(new NodeProbes(agent.postgres(), clock).of(agent)));
            file.enricher().map(EnricherConfig::content).map(IpfsProbes::of).ifPresent(groups::addAll);
            file.writer().ifPresent(writer -> database(writer.sql(), writer.threads(), false));
            file.monitor().ifPresent(this::monitor);
        }
    }

    /** Everything that a run of {@code local} needs, without what it has inside. */
    void local(LocalPlan plan, boolean ownDatabase) {
        plan.agents().forEach(agent -> groups.addAll(new NodeProbes(agent.postgres(), clock).of(agent.discovery())));
        groups.addAll(IpfsProbes.of(plan.enricher().content()));
        if (ownDatabase) {
            database(plan.writer().sql(), plan.writer().threads(), true);
        }
        groups.addAll(AlertProbes.of(plan.monitor().monitorUi().alerts(), sendTest, clock));
    }

    /** A data directory of {@code local}. */
    void data(Path data) {
        groups.add(ProbeGroup.of(DirectoryProbes.written("data directory", data, "--data DIR or local.data",
                () -> ROOM_FOR_DATA)));
        groups.add(ProbeGroup.of(EmbeddedProbe.of(data)));
        groups.add(ProbeGroup.of(new Probe("broker inside", data.toString(),
                "see tokensync.log in its directory logs; a local that hangs is ended by its process id",
                () -> broker(data))));
    }

    /** Directories of nodes. */
    void nodes(Path root) {
        groups.addAll(new NodeProbes(PostgresSettings.of(Login.NONE), clock).of(DiscoveryConfig.of(root)));
    }

    /** A database for the tokens. */
    void database(SqlSettings sql, int threads, boolean makesTables) {
        groups.add(probes(sql, threads).writer(threads, makesTables));
    }

    /** All of it. */
    List<ProbeGroup> groups() {
        return groups;
    }

    private void monitor(MonitorConfig monitor) {
        monitor.monitorUi().audit().map(AuditSettings::sql).ifPresent(sql -> groups.add(probes(sql, 1).audit()));
        groups.addAll(AlertProbes.of(monitor.monitorUi().alerts(), sendTest, clock));
    }

    private SqlProbes probes(SqlSettings sql, int threads) {
        return new SqlProbes(closer.register(Database.open(sql, threads)), sql, clock);
    }

    private static String broker(Path data) throws Exception {
        if (!Files.isDirectory(data.resolve("kafka"))) {
            return "has not run yet";
        }
        try (FileChannel free = DataDirectory.tryShare(data).orElse(null)) {
            if (free != null) {
                return "does not run; local starts it";
            }
        }
        Optional<KafkaSettings> running = LocalBroker.running(data);
        if (running.isEmpty()) {
            throw new ProbeFailure("a process has the directory, and its broker is not up yet", "try again in a while");
        }
        ProbeGroup kafka = new KafkaProbes(running.get(), TopicSet.stated(Settings.of(Map.of()))).group();
        String connected = kafka.first().attempt().run();
        return connected + ", " + kafka.rest().getFirst().attempt().run();
    }

    @Override
    public void close() {
        closer.close();
    }
}
