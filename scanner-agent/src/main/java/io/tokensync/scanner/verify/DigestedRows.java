package io.tokensync.scanner.verify;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.RowDigest;

/**
 * The rows that a node has, added up while a scan meets them: those that the table holds when everything of the scan has
 * arrived. Tells which of them the table was found to hold otherwise. One scan; not for several threads.
 */
public final class DigestedRows {
    private final BucketSums.Builder sums;
    private final TableRows table;
    private long republished;

    private DigestedRows(BucketSums.Builder sums, TableRows table) {
        this.sums = sums;
        this.table = table;
    }

    /** Of a scan that verifies nothing, and so needs not look at rows that are as they were. */
    public static DigestedRows none() {
        return new DigestedRows(null, TableRows.UNKNOWN);
    }

    /**
     * Of a scan that verifies.
     *
     * @param table what the table was found to have
     */
    public static DigestedRows comparedWith(TableRows table) {
        return new DigestedRows(new BucketSums.Builder(), table);
    }

    /** Whether rows are to be added, also those that are as they were. */
    public boolean isWanted() {
        return sums != null;
    }

    /** Adds a row, and returns whether the table was found to have it otherwise, or not at all. */
    public boolean add(String tokenId, TokenRow row) {
        if (sums == null) {
            return false;
        }
        long digest = RowDigest.of(tokenId, row);
        sums.add(tokenId, digest);
        return table.differs(tokenId, digest);
    }

    /** Notes that a row is published once more that is as it was published before. */
    public void republished() {
        republished++;
    }

    /** Takes back a row that was added and that the table cannot get: the broker does not take its record. */
    public void remove(TokenRecord rejected) {
        if (sums != null && rejected.change() instanceof Change.Upsert(TokenRow row)) {
            sums.remove(rejected.key().tokenId(), RowDigest.of(rejected.key().tokenId(), row));
        }
    }

    /** How many rows are published once more because of what the table was found to have. */
    public long republishedRows() {
        return republished;
    }

    /** All rows; of a scan that verifies. */
    public BucketSums sums() {
        return sums.sums();
    }
}
