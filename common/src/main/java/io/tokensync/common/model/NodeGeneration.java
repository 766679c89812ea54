package io.tokensync.common.model;

import java.util.Locale;
import java.util.Optional;

/** How a node keeps its tokens, which decides what its codes and ids mean. */
public enum NodeGeneration {
    /** Before v1: an SQLite file; token ids are CIDs. */
    SQLITE,
    /** Since v1.0.0: a PostgreSQL database; whole tokens and parts have the id {@code level_number}. */
    V1;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The text of {@code node_generation} in JSON and SQL. */
    public String code() {
        return code;
    }

    /** The generation whose code this is; empty for a text that no version of this project has written. */
    public static Optional<NodeGeneration> of(String code) {
        for (NodeGeneration generation : values()) {
            if (generation.code.equals(code)) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }
}
