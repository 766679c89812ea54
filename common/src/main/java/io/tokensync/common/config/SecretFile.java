package io.tokensync.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Reads files that hold passwords or addresses with one, and warns of those that every user of the machine can read. */
public final class SecretFile {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);
    /** Where container engines put secrets: readable to all, in a file system that nobody else sees. */
    private static final Path MOUNTED = Path.of("/run/secrets");
    private static final Path MOUNTED_TOO = Path.of("/var/run/secrets");
    private static final Set<Path> SAID = ConcurrentHashMap.newKeySet();

    private SecretFile() {}

    /** The text of the file; it is UTF-8. */
    public static String read(Path file) throws IOException {
        String text = Files.readString(file);
        Path absolute = file.toAbsolutePath().normalize();
        if (isOpenToAll(absolute) && SAID.add(absolute)) {
            warning(absolute).log();
        }
        return text;
    }

    /** Warns of a configuration in which these keys are secrets, as of any other file that holds one. */
    static void warnOf(Path configuration, Collection<String> secretKeys) throws IOException {
        Path absolute = configuration.toAbsolutePath().normalize();
        if (!secretKeys.isEmpty() && isOpenToAll(absolute) && SAID.add(absolute)) {
            warning(absolute).addKeyValue("keys", String.join(", ", secretKeys)).log();
        }
    }

    private static LoggingEventBuilder warning(Path file) {
        return log.atWarn()
                .setMessage("every user of this machine can read a file that holds a secret; close it with chmod 600")
                .addKeyValue("file", file);
    }

    /** Whether users beyond owner and group may read it; false where the file system does not say. */
    static boolean isOpenToAll(Path file) throws IOException {
        if (file.startsWith(MOUNTED) || file.startsWith(MOUNTED_TOO)
                || !Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        return Files.isRegularFile(file)
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                && isReachable(file.toRealPath().getParent());
    }

    /** A directory above it that others may not enter keeps them out. */
    private static boolean isReachable(Path directory) throws IOException {
        for (Path above = directory; above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
