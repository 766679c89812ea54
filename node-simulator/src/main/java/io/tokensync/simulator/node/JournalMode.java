package io.tokensync.simulator.node;

import java.util.Locale;

/** How a node's SQLite keeps its changes. */
public enum JournalMode {
    /** Rollback journal, the default of older nodes. */
    DELETE,
    /** Write-ahead log, closed in order: no {@code -wal} file remains. */
    WAL,
    /** Write-ahead log of a node that has crashed: committed rows stand in {@code -wal} alone. */
    WAL_CRASHED;

    /** SQLite's word. */
    public String pragma() {
        return this == DELETE ? "delete" : "wal";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
