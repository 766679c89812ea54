package io.tokensync.simulator.truth;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A node with a database.
 *
 * @param machine name of its machine
 * @param nodeName the directory above {@code Rubix}; unique in the simulation
 * @param dbPath its database below the simulation's directory, with slashes
 * @param schema generation of its tables, G0 to G4
 * @param journalMode {@code delete} or {@code wal}
 * @param liveWal whether it was left with committed rows in the write-ahead log only
 */
public record TruthNode(String machine, String nodeName, String dbPath, String schema, String journalMode,
        boolean liveWal) {

    /** The same node after an upgrade. */
    @JsonIgnore
    public TruthNode withSchema(String newSchema) {
        return new TruthNode(machine, nodeName, dbPath, newSchema, journalMode, liveWal);
    }

    /** The same node after a start, which takes the write-ahead log over. */
    @JsonIgnore
    public TruthNode started() {
        return new TruthNode(machine, nodeName, dbPath, schema, journalMode, false);
    }
}
