package io.tokensync.writer.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.tokensync.writer.batch.BatchCounts;

/** What each row of a batch is to the table's, by its number, as {@code relation} of {@code law.sql} numbers it. */
final class Relations {
    /** The table knows something newer. */
    static final int STALE = 0;
    /** The table has it exactly so. */
    static final int SAME = 1;
    /** Of one register at least. */
    static final int NEWER = 2;
    /** There is none in the table. */
    static final int NEW = 3;

    private final int[] relations;
    private final boolean[] recorded;

    /** All rows begin with this one. */
    Relations(int rows, int relation) {
        this.relations = new int[rows];
        Arrays.fill(relations, relation);
        this.recorded = new boolean[rows];
    }

    void set(int row, int relation) {
        relations[row] = relation;
    }

    /** The history has the version that the row is, or has not. */
    void setRecorded(int row, boolean isRecorded) {
        recorded[row] = isRecorded;
    }

    /** Whether the history has the version that the row is, as far as is known. */
    boolean isRecorded(int row) {
        return recorded[row];
    }

    int of(int row) {
        return relations[row];
    }

    /** Whether the row is to be written. */
    boolean isWritten(int row) {
        return relations[row] >= NEWER;
    }

    /** Those of each origin, by its number. */
    List<BatchCounts> counts(List<StagedRow> rows) {
        long[][] counts = new long[1 + rows.stream().mapToInt(StagedRow::origin).max().orElse(-1)][NEW + 1];
        for (StagedRow row : rows) {
            counts[row.origin()][relations[row.number()]]++;
        }
        return Stream.of(counts).map(of -> new BatchCounts(of[NEW], of[NEWER], of[SAME], of[STALE])).toList();
    }
}
