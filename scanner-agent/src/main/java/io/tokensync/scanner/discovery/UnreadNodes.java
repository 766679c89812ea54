package io.tokensync.scanner.discovery;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.postgres.NodeConfig;

/**
 * What a search meets that looks like a node and is not read, so that a tree that cannot be read does not look like an empty
 * one. Notified of names only; says at the end what remains of them.
 */
final class UnreadNodes {
    /** The databases that nodes make, by the network that they are in. */
    private static final Set<String> DATABASES = Set.of(DiscoveryConfig.STANDARD, "rubixtest.db", "fullnode-rubix.db",
            "fullnode-rubixtest.db");
    /** Directories of a v1 node beside its configuration. */
    private static final Set<String> V1_DIRECTORIES = Set.of(IpfsRepository.DIRECTORY, "mainnet", "testnet",
            "localnet");
    /** Directories of an older node beside its database; those of its keys are notified of apart. */
    private static final Set<String> CHAINS = Set.of("MainNet", "TestNet", "TestNetDID");

    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;
    private final Map<Path, Path> configurations = new TreeMap<>();
    private final Set<Path> besideV1Directories = new HashSet<>();
    private final Set<Path> nodes = new TreeSet<>();
    private final Map<Path, List<Path>> others = new TreeMap<>();
    private final Set<Path> withDatabase = new HashSet<>();

    /** @param config whoever asks for some databases only, or leaves some out, is not notified of the others */
    UnreadNodes(DiscoveryConfig config) {
        this.include = TreeSearch.matchers(FileSystems.getDefault(), config.include());
        this.exclude = TreeSearch.matchers(FileSystems.getDefault(), config.exclude());
    }

    /** A directory, entered or not. */
    void directory(Path directory, boolean keys) {
        Path parent = directory.getParent();
        if (parent == null) {
            return;
        }
        if (V1_DIRECTORIES.contains(TreeSearch.name(directory))) {
            besideV1Directories.add(parent);
        }
        if (isDatabaseDirectory(parent) && (keys || CHAINS.contains(TreeSearch.name(directory)))) {
            nodes.add(parent);
        }
    }

    /** A file that is no database by the configuration. */
    void otherFile(Path file) {
        if (NodeConfig.FILE.equals(TreeSearch.name(file))) {
            configurations.putIfAbsent(file.getParent(), file);
        } else if (DATABASES.contains(TreeSearch.name(file)) && isDatabaseDirectory(file.getParent())) {
            others.computeIfAbsent(file.getParent(), _ -> new ArrayList<>()).add(file);
        }
    }

    /** A file with the name of a database of the configuration. */
    void database(Path file) {
        withDatabase.add(file.getParent());
    }

    /** The search is over: the configurations of nodes of v1. */
    List<Path> v1Nodes() {
        return configurations.entrySet().stream().filter(entry -> besideV1Directories.contains(entry.getKey()))
                .filter(entry -> isWanted(entry.getValue()) || isWanted(entry.getKey()
                        .resolve(TreeSearch.DATABASE_DIRECTORY).resolve(DiscoveryConfig.STANDARD)))
                .map(Map.Entry::getValue).toList();
    }

    /** The search is over: these databases are read, each in its directory. */
    List<Problem> problems(List<Path> read) {
        Set<Path> readIn = new HashSet<>();
        read.forEach(file -> readIn.add(file.getParent()));
        List<Problem> problems = new ArrayList<>();
        v1Nodes().stream().filter(file -> !read.contains(file)).forEach(file -> problems.add(new Problem(
                ProblemKind.NODE_V1, file,
                "is of a node of Rubix v1, whose tokens are in PostgreSQL, where the agent has no login")));
        others.values().stream().flatMap(List::stream).filter(this::isWanted).distinct()
                .forEach(file -> problems.add(new Problem(
                        readIn.contains(file.getParent())
                                ? ProblemKind.OTHER_DATABASE
                                : ProblemKind.DATABASE_NOT_CONFIGURED,
                        file, TreeSearch.name(file) + " is not configured, and so not read")));
        nodes.stream().filter(directory -> !withDatabase.contains(directory) && !others.containsKey(directory))
                .filter(directory -> isWanted(directory.resolve(DiscoveryConfig.STANDARD)))
                .forEach(directory -> problems.add(new Problem(ProblemKind.NODE_WITHOUT_DATABASE, directory,
                        "looks like a node's and has no database file")));
        return problems;
    }

    /** Whether a database there would be read, if it were one. */
    private boolean isWanted(Path database) {
        return (include.isEmpty() || TreeSearch.matches(include, database)) && !TreeSearch.matches(exclude, database);
    }

    private static boolean isDatabaseDirectory(Path directory) {
        return TreeSearch.DATABASE_DIRECTORY.equals(TreeSearch.name(directory));
    }
}
