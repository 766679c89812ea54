package io.tokensync.ipfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.file.RegularFile;

/** Finds the IPFS repository that belongs to a node's database. */
public final class IpfsRepository {
    /** Directory name of a repository. */
    public static final String DIRECTORY = ".ipfs";

    private static final String API = "api";
    private static final int LONGEST_API = 128;
    private static final int LEVELS = 10;
    private static final List<String> SIGNS = List.of("config", "datastore", "blocks", "version");

    private IpfsRepository() {}

    /**
     * The nearest {@code .ipfs} going up from the directory of the database, at most ten levels, that has one of the
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

    /**
     * Where the daemon of a repository says its API is: the multiaddress in the file {@code api}, which is there while the
     * daemon runs, and after a crash. The file {@code config}, which has the node's private key, is never opened. Empty
     * when there is none, or nothing like it.
     */
    public static Optional<String> api(Path repository) {
        try (FileChannel file = RegularFile.open(repository.resolve(API), LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST_API);
            while (bytes.hasRemaining() && file.read(bytes) > 0) {
                // until all is read, or enough
            }
            String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
            return text.startsWith("/ip") && text.length() < LONGEST_API ? Optional.of(text) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isRepository(Path candidate) {
        return Files.isDirectory(candidate) && SIGNS.stream().map(candidate::resolve).anyMatch(Files::exists);
    }
}
