package io.tokensync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory for the files of one run; removed with all that is in it when the run ends. */
public final class BenchDirectory implements AutoCloseable {
    private static final String PREFIX = "tokensync-bench-";

    private final Path path;

    private BenchDirectory(Path path) {
        this.path = path;
    }

    static BenchDirectory create(Optional<Path> parent) throws IOException {
        if (parent.isEmpty()) {
            return new BenchDirectory(Files.createTempDirectory(PREFIX));
        }
        return new BenchDirectory(Files.createTempDirectory(Files.createDirectories(parent.orElseThrow()), PREFIX));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
