package io.tokensync.common.ipfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the IPFS repository that belongs to a node's database. */
public final class IpfsRepository {
    /** Directory name of a repository. */
    public static final String DIRECTORY = ".ipfs";

    private static final int LEVELS = 10;
    private static final List<String> SIGNS = List.of("config", "datastore", "blocks", "version");

    private IpfsRepository() {}

    /**
     * The nearest {@code .ipfs} on the way up from the directory of the database, at most ten levels, that has one of the
     * entries of a repository; absolute. Empty when there is none or it cannot be looked into.
     */
    public static Optional<Path> find(Path databaseFile) {
        Path directory = databaseFile.toAbsolutePath().normalize().getParent();
        for (int level = 0; level < LEVELS && directory != null; level++) {
            Path candidate = directory.resolve(DIRECTORY);
            if (isRepository(candidate)) {
                return Optional.of(candidate);
            }
            directory = directory.getParent();
        }
        return Optional.empty();
    }

    private static boolean isRepository(Path candidate) {
        return Files.isDirectory(candidate) && SIGNS.stream().map(candidate::resolve).anyMatch(Files::exists);
    }
}
