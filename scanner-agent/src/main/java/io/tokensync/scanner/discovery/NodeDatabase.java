package io.tokensync.scanner.discovery;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A node's database.
 *
 * @param file absolute path, as found below the configured root
 * @param nodeName the directory above {@code Rubix}, or its alias; unique on this machine
 */
public record NodeDatabase(Path file, String nodeName) {
    public NodeDatabase {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(nodeName, "nodeName");
    }
}
