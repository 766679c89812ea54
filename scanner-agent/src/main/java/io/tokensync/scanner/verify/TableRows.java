package io.tokensync.scanner.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;

/**
 * What the table was found to have of a node in the buckets that differ. Anybody who may write to the topic may say anything:
 * what is done about it is published only as far as the node itself bears it out.
 *
 * @param watermark versions up to this one were accounted for in the table when it was read; what is above tells nothing
 * @param buckets how many buckets there are
 * @param differing those of which this has all rows
 * @param rows by token id
 */
public record TableRows(long watermark, int buckets, BitSet differing, Map<String, TableRow> rows) {
    /** Nothing is known of the table. */
    public static final TableRows UNKNOWN = new TableRows(0, BucketSums.COARSEST, new BitSet(), Map.of());

    public TableRows {
        Objects.requireNonNull(differing, "differing");
        Objects.requireNonNull(rows, "rows");
    }

    /** Of all parts of a verdict. */
    static TableRows of(long watermark, int buckets, List<NodeVerdict> parts) {
        BitSet differing = new BitSet(buckets);
        parts.forEach(part -> part.differing().forEach(differing::set));
        Map<String, TableRow> rows = new HashMap<>();
        for (NodeVerdict part : parts) {
            part.rows().stream().filter(row -> differing.get(BucketSums.bucket(row.tokenId(), buckets)))
                    .forEach(row -> rows.put(row.tokenId(), row));
        }
        return new TableRows(watermark, buckets, differing, rows);
    }

    /** Whether it is known that the table has this row otherwise, or not at all. */
    public boolean differs(String tokenId, long digest) {
        if (!differing.get(BucketSums.bucket(tokenId, buckets))) {
            return false;
        }
        TableRow row = rows.get(tokenId);
        return row == null || (row.digest() != digest && row.version() <= watermark);
    }

    /** Ids that the table has and whose rows a new version replaces. */
    public List<String> replaceable() {
        return rows.values().stream().filter(row -> row.version() <= watermark).map(TableRow::tokenId).toList();
    }

    /** How many rows have versions above this one, and so were not published by who was answered. */
    public long ahead(long version) {
        return rows.values().stream().filter(row -> row.version() > Math.max(version, watermark)).count();
    }
}
