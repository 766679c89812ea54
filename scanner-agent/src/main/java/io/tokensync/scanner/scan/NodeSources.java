package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseSource;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.watch.Watchdog;

/** Where the databases of this machine's nodes are read, by the generation of the node. */
final class NodeSources implements AutoCloseable {
    private final Map<NodeGeneration, DatabaseSource> sources = new EnumMap<>(NodeGeneration.class);
    private final DatabaseWatch watch;

    NodeSources(DatabaseSource sqlite, DatabaseSource v1, DatabaseWatch watch) {
        sources.put(NodeGeneration.SQLITE, sqlite);
        sources.put(NodeGeneration.V1, v1);
        this.watch = watch;
    }

    /** What reads this database. */
    DatabaseSource of(NodeDatabase database) {
        return sources.get(database.generation());
    }

    /** Does something else beside a database, which is described in words for people: "looking for its repository". */
    <T> T call(NodeDatabase database, String doing, Watchdog.Task<T, DatabaseProblemException> task)
            throws DatabaseProblemException, InterruptedException {
        return watch.call(database.file(), doing, task);
    }

    /** Forgets all databases but these. */
    void retain(Collection<NodeDatabase> databases) {
        sources.forEach((generation, source) -> {
            List<Path> files = databases.stream().filter(database -> database.generation() == generation)
                    .map(NodeDatabase::file).toList();
            source.retain(files);
        });
    }

    @Override
    public void close() {
        sources.values().forEach(DatabaseSource::close);
    }
}
