package io.tokensync.scanner.discovery;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.postgres.NodeConfig;

/**
 * What nodes of v1 know as full nodes, which is in the same PostgreSQL database as what they hold. It is a database of its own
 * for the agent, as it was before v1, and asked for by the same name: {@code fullnode-rubix.db} among the databases.
 */
final class FullNodes {
    private final Set<String> databases;
    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;

    FullNodes(DiscoveryConfig config) {
        this.databases = Set.copyOf(config.databases());
        this.include = TreeSearch.matchers(FileSystems.getDefault(), config.include());
        this.exclude = TreeSearch.matchers(FileSystems.getDefault(), config.exclude());
    }

    /** These databases, and behind them what those of v1 have as full nodes, where that is asked for. */
    List<Path> added(List<Path> files, List<Problem> problems) {
        List<Path> all = new ArrayList<>(files);
        if (databases.stream().anyMatch(NodeConfig::isOfFullNode)) {
            files.stream().filter(file -> file.endsWith(NodeConfig.FILE)).map(NodeConfig::fullNodeView)
                    .filter(view -> isWanted(view, problems)).forEach(all::add);
        }
        return all;
    }

    private boolean isWanted(Path view, List<Problem> problems) {
        try {
            Path earlier = NodeNames.earlier(view);
            List<Path> names = List.of(view, earlier);
            return databases.contains(TreeSearch.name(earlier))
                    && (include.isEmpty() || names.stream().anyMatch(name -> TreeSearch.matches(include, name)))
                    && names.stream().noneMatch(name -> TreeSearch.matches(exclude, name));
        } catch (DatabaseProblemException e) {
            problems.add(e.problem());
            return false;
        }
    }
}
