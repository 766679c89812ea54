package io.tokensync.scanner.discovery;

import java.nio.file.Path;
import java.util.Objects;

import io.tokensync.common.model.NodeGeneration;

/**
 * A node's database.
 *
 * @param file absolute path, as found below the configured root: the database itself, or a v1 node's {@code config.toml}, or
 *        what stands beside that for its full node's tables
 * @param nodeName the node's directory, or its alias; unique on this machine
 * @param generation how the node keeps its tokens
 */
public record NodeDatabase(Path file, String nodeName, NodeGeneration generation) {
    public NodeDatabase {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(nodeName, "nodeName");
        Objects.requireNonNull(generation, "generation");
    }
}
