package io.tokensync.scanner.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.postgres.NodeConfig;

/** Names nodes by their directory or alias, and rejects all databases that claim one name: their rows would mix. */
final class NodeNames {
    private static final String SUFFIX = ".db";
    /** What Java puts into the text of a path for what it cannot read. */
    private static final char NO_TEXT = '\ufffd';

    private final Map<Path, String> aliases;

    NodeNames(Map<Path, String> aliases) {
        this.aliases = aliases.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(e -> e.getKey().toAbsolutePath().normalize(),
                        Map.Entry::getValue));
    }

    List<NodeDatabase> assign(List<Path> files, List<Problem> problems) {
        Map<String, List<Path>> byName = new TreeMap<>();
        for (Path file : files) {
            String name = name(file, problems);
            if (name != null && isUsable(file, name, problems)) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(file);
            }
        }
        List<NodeDatabase> databases = new ArrayList<>();
        byName.forEach((name, claimants) -> {
            if (claimants.size() == 1) {
                databases.add(new NodeDatabase(claimants.getFirst(), name, generation(claimants.getFirst())));
            } else {
                reject(name, claimants, problems);
            }
        });
        databases.sort((one, two) -> one.file().compareTo(two.file()));
        return databases;
    }

    private static NodeGeneration generation(Path file) {
        return file.endsWith(NodeConfig.FILE) || NodeConfig.isFullNodeView(file)
                ? NodeGeneration.V1
                : NodeGeneration.SQLITE;
    }

    /** Null when a configuration that the name depends on cannot be used, which is among the problems then. */
    private String name(Path file, List<Problem> problems) {
        if (generation(file) == NodeGeneration.SQLITE) {
            return nameOfFile(file, file);
        }
        try {
            return nameOfFile(file, earlier(file));
        } catch (DatabaseProblemException e) {
            problems.add(e.problem());
            return null;
        }
    }

    /** Where a database of v1 would have been before, in its network. */
    static Path earlier(Path file) throws DatabaseProblemException {
        NodeConfig config = NodeConfig.read(file);
        return file.resolveSibling(TreeSearch.DATABASE_DIRECTORY).resolve(
                NodeConfig.isFullNodeView(file) ? config.earlierFullNodeDatabase() : config.earlierDatabase());
    }

    /**
     * The name of a database, by which a node keeps it that moves to v1.
     *
     * @param database where it is, or was before v1
     */
    private String nameOfFile(Path file, Path database) {
        Path node = database.getParent().getParent();
        String alias = aliases.getOrDefault(file, aliases.getOrDefault(database, ofDirectory(database, node)));
        if (alias != null) {
            return alias;
        }
        return named(node, database.getFileName().toString());
    }

    private static String named(Path node, String database) {
        if (node == null || node.getFileName() == null) {
            return "";
        }
        String base = node.getFileName().toString();
        return database.equals(DiscoveryConfig.STANDARD) ? base : base + ":" + withoutSuffix(database);
    }

    private static String withoutSuffix(String database) {
        return database.endsWith(SUFFIX) ? database.substring(0, database.length() - SUFFIX.length()) : database;
    }

    /** The alias of a node's directory is that of its standard database, so that two databases there do not share it. */
    private String ofDirectory(Path file, Path node) {
        boolean standard = file.endsWith(DiscoveryConfig.STANDARD);
        return node == null || !standard ? null : aliases.get(node);
    }

    private static boolean isUsable(Path file, String name, List<Problem> problems) {
        // SQL compares text without the blanks at its end: two such names would be one row.
        if (name.isBlank() || name.endsWith(" ") || name.length() > ColumnLimits.NODE_NAME) {
            problems.add(new Problem(ProblemKind.NODE_NAME_UNUSABLE, file,
                    "its node name is blank, ends in a blank or is longer than " + ColumnLimits.NODE_NAME
                            + " characters"));
            return false;
        }
        if (file.toString().indexOf(NO_TEXT) >= 0) {
            problems.add(new Problem(ProblemKind.PATH_NO_TEXT, file,
                    "the path has bytes that are no text in the locale of this process"));
            return false;
        }
        if (file.toString().length() > ColumnLimits.DB_PATH) {
            problems.add(new Problem(ProblemKind.PATH_TOO_LONG, file,
                    "the path is longer than " + ColumnLimits.DB_PATH + " characters"));
            return false;
        }
        return true;
    }

    private static void reject(String name, List<Path> claimants, List<Problem> problems) {
        for (Path file : claimants) {
            String others = claimants.stream().filter(other -> !other.equals(file)).map(Path::toString)
                    .collect(Collectors.joining(", "));
            problems.add(new Problem(ProblemKind.NODE_NAME_DUPLICATE, file,
                    "rejected: its node name '" + name + "' is also the name of " + others));
        }
    }
}
