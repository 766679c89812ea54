package io.tokensync.scanner.discovery;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * Where nodes are looked for.
 *
 * @param roots directories to search; at least one
 * @param include globs on absolute paths of databases; when not empty, a database must match one
 * @param exclude globs on absolute paths of directories and databases; a directory that matches is not entered
 * @param maxDepth levels below a root, at least one; the file of a database is itself on one: {@code root/node/Rubix/rubix.db}
 *        is on the third
 * @param databases names of the files that are databases of nodes; {@link #STANDARD} when empty
 * @param aliases node names by absolute path, of the database or of the node's directory
 */
public record DiscoveryConfig(List<Path> roots, List<String> include, List<String> exclude, int maxDepth,
        List<String> databases, Map<Path, String> aliases) {
    /** The main net's database, whose node is named for its directory alone. */
    public static final String STANDARD = "rubix.db";

    public static final KeySection KEYS = KeySection.of("scanner");
    /** Of the directories to search. */
    public static final ConfigKey<List<Path>> ROOTS = KEYS.add(ConfigKey.paths("roots",
            "Directories below which nodes are looked for; at least one."));

    private static final ConfigKey<List<String>> INCLUDE = KEYS.add(ConfigKey.texts("include", List.of(),
            "Globs on absolute paths of databases; when there are some, a database must match one."));
    private static final ConfigKey<List<String>> EXCLUDE = KEYS.add(ConfigKey.texts("exclude", List.of(),
            "Globs on absolute paths of directories and databases to leave out."));
    /** By default as many levels as any layout seen so far stays within. */
    private static final ConfigKey<Integer> MAX_DEPTH = KEYS.add(ConfigKey.integer("max-depth", 16, 1, 100,
            "Levels below a root that are searched; root/node/Rubix/rubix.db is on the third."));
    private static final ConfigKey<List<String>> DATABASES = KEYS.add(ConfigKey.texts("databases", List.of(STANDARD),
            "Names of the files that are databases of nodes; the node of another one than rubix.db is named for it too, "
                    + "such as node001:rubixtest. The name of a full node's, fullnode-rubix.db, asks for the tables "
                    + "fullnode_* of nodes of v1 too."));
    private static final ConfigKey<Map<String, String>> ALIASES = KEYS.add(ConfigKey.map("aliases",
            "Names of nodes by the absolute path of the node's directory, database or config.toml, where directories have "
                    + "none or the same one; that of a directory is its main net's node's."));

    public DiscoveryConfig {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException(ROOTS.name() + " names no directory: there is nothing to scan");
        }
        MAX_DEPTH.require(maxDepth);
        roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        databases = databases.isEmpty() ? List.of(STANDARD) : List.copyOf(databases);
        aliases = Map.copyOf(aliases);
        requireGlobs(INCLUDE.name(), include);
        requireGlobs(EXCLUDE.name(), exclude);
    }

    /** These roots, everything else by default. */
    public static DiscoveryConfig of(Path... roots) {
        return new DiscoveryConfig(List.of(roots), List.of(), List.of(), MAX_DEPTH.standard(), List.of(),
                Map.of());
    }

    /** From the keys of {@code scanner}. */
    public static DiscoveryConfig from(Settings settings) {
        Map<Path, String> aliases = settings.map(ALIASES).entrySet().stream()
                .collect(Collectors.toMap(entry -> Path.of(entry.getKey()), Map.Entry::getValue));
        return new DiscoveryConfig(settings.get(ROOTS), settings.get(INCLUDE), settings.get(EXCLUDE),
                settings.get(MAX_DEPTH), settings.get(DATABASES), aliases);
    }

    private static void requireGlobs(String key, List<String> globs) {
        for (String glob : globs) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(key + " has a glob that is none: " + glob, e);
            }
        }
    }
}
