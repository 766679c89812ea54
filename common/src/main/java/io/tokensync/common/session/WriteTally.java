package io.tokensync.common.session;

import java.util.Map;

import io.tokensync.common.model.FieldCheck;

/**
 * What the writer did with records: <em>rows = inserted + updated + unchanged + stale + folded + dead-lettered</em>.
 *
 * @param inserted rows that were new to the table
 * @param updated rows of which something was newer than the table's
 * @param unchanged rows that the table had exactly so: written by an attempt that ended before it could say so
 * @param stale rows of which the table knew something newer
 * @param folded records superseded by a later record of the same row in the same batch
 * @param deadLetters records put aside, by code of the reason
 * @param contentUpdates rows written once more because their content came late; not rows of the session
 * @param flawed rows written with something in {@code validation_errors}
 */
public record WriteTally(long inserted, long updated, long unchanged, long stale, long folded,
        Map<String, Long> deadLetters, long contentUpdates, long flawed) {
    public static final WriteTally NONE = new WriteTally(0, 0, 0, 0, 0, Map.of(), 0, 0);

    public WriteTally {
        deadLetters = Tallies.copy(deadLetters);
    }

    /** Both together. */
    public WriteTally plus(WriteTally other) {
        return new WriteTally(Counts.plus(inserted, other.inserted), Counts.plus(updated, other.updated),
                Counts.plus(unchanged, other.unchanged), Counts.plus(stale, other.stale),
                Counts.plus(folded, other.folded), Tallies.sum(deadLetters, other.deadLetters),
                Counts.plus(contentUpdates, other.contentUpdates), Counts.plus(flawed, other.flawed));
    }

    /** Looks at the counts. */
    public void check(FieldCheck fields) {
        fields.count("inserted", inserted);
        fields.count("updated", updated);
        fields.count("unchanged", unchanged);
        fields.count("stale", stale);
        fields.count("folded", folded);
        fields.counts("dead_letters", deadLetters);
        fields.count("content_updates", contentUpdates);
        fields.count("flawed", flawed);
    }

    public long deadLettered() {
        return Tallies.total(deadLetters);
    }

    /** Records of the session whose state the table has. */
    public long written() {
        return Counts.sum(inserted, updated, unchanged, stale, folded);
    }

    /** Records of the session that were handled. */
    public long rows() {
        return Counts.plus(written(), deadLettered());
    }
}
