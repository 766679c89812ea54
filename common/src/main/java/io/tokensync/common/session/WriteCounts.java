package io.tokensync.common.session;

import java.util.Map;

import io.tokensync.common.model.FieldCheck;

/**
 * What the writer did with records: <em>rows = inserted + updated + unchanged + stale + superseded + dead-lettered</em>.
 *
 * @param inserted rows that were new to the table
 * @param updated rows of which something was newer than the table's
 * @param unchanged rows that the table had exactly so: written by an attempt that ended before it could say so
 * @param stale rows of which the table knew something newer
 * @param superseded records superseded by a later record of the same row in the same batch
 * @param deadLetters records dead-lettered, by code of the reason
 * @param contentUpdates rows written once more because their content came late; not rows of the session
 * @param flawed rows written with something in {@code validation_errors}
 */
public record WriteCounts(long inserted, long updated, long unchanged, long stale, long superseded,
        Map<String, Long> deadLetters, long contentUpdates, long flawed) {
    public static final WriteCounts NONE = new WriteCounts(0, 0, 0, 0, 0, Map.of(), 0, 0);

    public WriteCounts {
        deadLetters = CountsByCode.copy(deadLetters);
    }

    /** Both together. */
    public WriteCounts plus(WriteCounts other) {
        return new WriteCounts(BoundedSum.plus(inserted, other.inserted), BoundedSum.plus(updated, other.updated),
                BoundedSum.plus(unchanged, other.unchanged), BoundedSum.plus(stale, other.stale),
                BoundedSum.plus(superseded, other.superseded), CountsByCode.sum(deadLetters, other.deadLetters),
                BoundedSum.plus(contentUpdates, other.contentUpdates), BoundedSum.plus(flawed, other.flawed));
    }

    /** Looks at the counts. */
    public void check(FieldCheck fields) {
        fields.count("inserted", inserted);
        fields.count("updated", updated);
        fields.count("unchanged", unchanged);
        fields.count("stale", stale);
        fields.count("superseded", superseded);
        fields.counts("dead_letters", deadLetters);
        fields.count("content_updates", contentUpdates);
        fields.count("flawed", flawed);
    }

    public long deadLettered() {
        return CountsByCode.total(deadLetters);
    }

    /** Records of the session whose state the table has. */
    public long written() {
        return BoundedSum.sum(inserted, updated, unchanged, stale, superseded);
    }

    /** Records of the session that were handled. */
    public long rows() {
        return BoundedSum.plus(written(), deadLettered());
    }
}
