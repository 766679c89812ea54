package io.tokensync.writer.jdbc;

import java.util.List;

/**
 * What is written of a batch.
 *
 * @param rows each identity once, in the order of their keys and numbers
 * @param versions for the history, those versions that no row of these is: deletions, and what is superseded within the batch;
 *        each once, in the order of their keys. Empty when no history is written.
 */
record StagedBatch(List<StagedRow> rows, List<StagedRow> versions) {
    /** Whether a row is a version for the history: one of which only the deletion is known is not. */
    static boolean isVersion(StagedRow row) {
        return row.state().row() != null;
    }
}
