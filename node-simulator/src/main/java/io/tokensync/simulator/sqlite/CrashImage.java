package io.tokensync.simulator.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Copies of a database and its side files, made while its writer is idle but connected. Put back after the writer has
 * closed, they are what a killed process leaves behind.
 */
final class CrashImage {
    private static final List<String> FILES = List.of("", "-wal", "-shm");
    private static final String COPY = ".image";

    private final Path database;

    private CrashImage(Path database) {
        this.database = database;
    }

    static CrashImage of(Path database) throws IOException {
        CrashImage image = new CrashImage(database);
        for (String suffix : FILES) {
            Files.copy(image.file(suffix), image.file(suffix + COPY), StandardCopyOption.REPLACE_EXISTING);
        }
        return image;
    }

    void restore() throws IOException {
        for (String suffix : FILES) {
            Files.move(file(suffix + COPY), file(suffix), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path file(String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }
}
