package io.tokensync.scanner.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;
import io.tokensync.scanner.state.StateChanges;

/** What follows from the acknowledgement of a batch. */
final class Acknowledgement {
    private final Set<Long> rejected;
    private final long[] versions;
    private int records;
    private int deletions;
    private final List<String> arrived = new ArrayList<>();
    private final List<PublishedRow> dirty = new ArrayList<>();
    private final List<PublishedKey> forgotten = new ArrayList<>();
    private final List<RejectionMark> marks = new ArrayList<>();
    private final List<RejectionReason> told = new ArrayList<>();

    /** @param rejected versions of those of its records that the broker has rejected; all else is acknowledged */
    Acknowledgement(List<BatchRow> rows, Set<Long> rejected) {
        this.rejected = rejected;
        this.versions = new long[rows.size()];
        for (BatchRow row : rows) {
            switch (row) {
                case BatchRow.Published published -> add(published);
                case BatchRow.Deleted(PublishedKey key, long version) -> {
                    versions[records++] = version;
                    deletions++;
                    forgotten.add(key);
                }
                case BatchRow.Rejected(RejectionMark mark, RejectionReason reason) -> {
                    marks.add(mark);
                    if (reason != null) {
                        told.add(reason);
                    }
                }
            }
        }
    }

    /**
     * Rows that the broker has rejected are not published where they are; what was published of them before is in doubt until
     * it is deleted.
     */
    private void add(BatchRow.Published published) {
        PublishedRow row = published.row();
        if (!rejected.isEmpty() && rejected.contains(row.version())) {
            if (row.key().equals(published.before())) {
                dirty.add(PublishedRow.dirty(row.key()));
            } else {
                forgotten.add(row.key());
            }
            return;
        }
        versions[records++] = row.version();
        if (published.before() == null) {
            arrived.add(row.key().tokenId());
        }
    }

    /** The versions of the records that are acknowledged. */
    VersionSet versions() {
        return VersionSet.of(Arrays.copyOf(versions, records));
    }

    /** What the state must remember, which has the batch's published rows already. */
    StateChanges changes() {
        return new StateChanges(dirty, forgotten, marks);
    }

    /** Ids of published rows that were not where they are now. */
    List<String> arrived() {
        return arrived;
    }

    /** Counts the rows. */
    void count(RowCounts counts) {
        counts.published(records - deletions);
        counts.deleted(deletions);
        counts.rejectedBefore(marks.size() - told.size());
        told.forEach(counts::rejected);
    }
}
