package io.tokensync.scanner.discovery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where nodes are looked for.
 *
 * @param roots directories to search; at least one
 * @param include globs on absolute paths of databases; when not empty, a database must match one
 * @param exclude globs on absolute paths of directories and databases; a directory that matches is not entered
 * @param maxDepth levels below a root, at least one; the file of a database is itself on one: {@code root/node/Rubix/rubix.db}
 *        is on the third
 * @param aliases node names by absolute path, of the database or of the node's directory
 */
public record DiscoveryConfig(List<Path> roots, List<String> include, List<String> exclude, int maxDepth,
        Map<Path, String> aliases) {
    /** Levels that any layout seen so far stays within. */
    public static final int DEFAULT_DEPTH = 16;

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
        aliases = Map.copyOf(aliases);
    }

    /** These roots, everything else by default. */
    public static DiscoveryConfig of(Path... roots) {
        return new DiscoveryConfig(List.of(roots), List.of(), List.of(), DEFAULT_DEPTH, Map.of());
    }
}
