package io.tokensync.scanner.discovery;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

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
    /** Levels that any layout seen so far stays within. */
    public static final int DEFAULT_DEPTH = 16;

    /** The main net's database, whose node is named for its directory alone. */
    public static final String STANDARD = "rubix.db";

    public DiscoveryConfig {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("scanner.roots names no directory: there is nothing to scan");
        }
        if (maxDepth < 1) {
            throw new IllegalArgumentException("scanner.max-depth must be at least 1, not " + maxDepth);
        }
        roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        databases = databases.isEmpty() ? List.of(STANDARD) : List.copyOf(databases);
        aliases = Map.copyOf(aliases);
        requireGlobs("scanner.include", include);
        requireGlobs("scanner.exclude", exclude);
    }

    /** These roots, everything else by default. */
    public static DiscoveryConfig of(Path... roots) {
        return new DiscoveryConfig(List.of(roots), List.of(), List.of(), DEFAULT_DEPTH, List.of(), Map.of());
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
