package io.tokensync.cli.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.discovery.DatabaseFinder;
import io.tokensync.scanner.discovery.Discovery;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSource;
import io.tokensync.scanner.watch.Watchdog;

/** Whether there are databases of nodes where they are looked for, and the agent's state has a place. */
final class NodeProbes {
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final int SHOWN = 3;
    /** What the file of a database begins with. */
    private static final String MAGIC = "SQLite format 3";
    /** What the agent leaves free beside the copy of a database, and more than its own state takes. */
    private static final long RESERVE = 64L << 20;

    private final PostgresSettings postgres;
    private final Clock clock;

    /** @param postgres how the databases of v1 nodes are reached */
    NodeProbes(PostgresSettings postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /** Everything that an agent needs on this machine. */
    List<ProbeGroup> of(ScannerConfig agent) {
        List<ProbeGroup> groups = new ArrayList<>(of(agent.discovery()));
        groups.add(ProbeGroup.of(DirectoryProbes.written("agent's state", agent.stateDir(), "scanner.state-dir",
                () -> RESERVE + largest(agent.discovery()))));
        return groups;
    }

    /** Each directory of nodes. */
    List<ProbeGroup> of(DiscoveryConfig discovery) {
        return discovery.roots().stream().map(root -> ProbeGroup.of(new Probe("nodes", root.toString(),
                "correct the path, mount it, or give this user the right to enter and read it",
                () -> nodes(root, only(discovery, root))))).toList();
    }

    private String nodes(Path root, DiscoveryConfig discovery)
            throws IOException, InterruptedException, ProbeFailure {
        int _ = DirectoryProbes.listed(root);
        Discovery found = find(discovery);
        List<String> wrong = new ArrayList<>(found.problems().stream().filter(problem -> !problem.kind().harmless())
                .map(Problem::describe).toList());
        for (NodeDatabase database : found.databases()) {
            Optional<String> fault = database.generation() == NodeGeneration.V1
                    ? faultOfServer(database.file())
                    : fault(database.file());
            fault.ifPresent(reason -> wrong.add(database.file() + ": " + reason));
        }
        if (!wrong.isEmpty()) {
            int more = wrong.size() - SHOWN;
            throw new ProbeFailure(String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size())))
                    + (more > 0 ? "; and " + more + " more" : ""), "everything else is read");
        }
        if (found.databases().isEmpty()) {
            throw new ProbeFailure(
                    "no " + String.join(" or ", discovery.databases()) + " in a directory Rubix below it",
                    "is this where the nodes are? See scanner.databases, include and exclude too");
        }
        return found.databases().size() + " databases";
    }

    private long largest(DiscoveryConfig discovery) throws InterruptedException {
        long largest = 0;
        for (NodeDatabase database : find(discovery).databases()) {
            Path log = database.file().resolveSibling(database.file().getFileName() + "-wal");
            largest = Math.max(largest, size(database.file()) + size(log));
        }
        return largest;
    }

    private Discovery find(DiscoveryConfig discovery) throws InterruptedException {
        try (Watchdog watchdog = new Watchdog("tokensync-check", TIMEOUT, clock)) {
            return new DatabaseFinder(discovery, postgres.isConfigured(), watchdog).find();
        }
    }

    /** Why a v1 node's tables cannot be read: logs in and looks at them. */
    private Optional<String> faultOfServer(Path file) throws InterruptedException {
        try (Watchdog watchdog = new Watchdog("tokensync-check", TIMEOUT, clock);
                PostgresSource source = new PostgresSource(postgres, 1, new DatabaseWatch(watchdog));
                TokenRows rows = source.open(file, source.stamp(file), null)) {
            return rows.remarks().stream().map(Problem::reason).findFirst();
        } catch (DatabaseProblemException e) {
            return Optional.of(e.problem().reason() + "; " + e.problem().kind().advice());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0; // the probe of the nodes says so
        }
    }

    /** Why it cannot be read, as far as its beginning shows. */
    private static Optional<String> fault(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.of("is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            boolean database = new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
            return database ? Optional.empty() : Optional.of("is no SQLite database");
        } catch (IOException e) {
            return Optional.of("this user may not read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static DiscoveryConfig only(DiscoveryConfig all, Path root) {
        return new DiscoveryConfig(List.of(root), all.include(), all.exclude(), all.maxDepth(), all.databases(),
                all.aliases());
    }
}
