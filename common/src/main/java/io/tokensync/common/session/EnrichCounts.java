package io.tokensync.common.session;

import java.util.Map;

import io.tokensync.common.model.FieldCheck;

/**
 * What the enricher did with records: <em>rows = fetched + failed + passed + dead-lettered</em>.
 *
 * @param fetched rows that went on with verified content
 * @param failed rows that went on without, by code of the reason
 * @param passed deletions, which have no content, and rows of a scan that wants none
 * @param deadLetters records dead-lettered, by code of the reason
 * @param contentUpdates rows that went on once more because their content came late; not rows of the session
 */
public record EnrichCounts(long fetched, Map<String, Long> failed, long passed, Map<String, Long> deadLetters,
        long contentUpdates) {
    public static final EnrichCounts NONE = new EnrichCounts(0, Map.of(), 0, Map.of(), 0);

    public EnrichCounts {
        failed = CountsByCode.copy(failed);
        deadLetters = CountsByCode.copy(deadLetters);
    }

    /** Both together. */
    public EnrichCounts plus(EnrichCounts other) {
        return new EnrichCounts(BoundedSum.plus(fetched, other.fetched), CountsByCode.sum(failed, other.failed),
                BoundedSum.plus(passed, other.passed),
                CountsByCode.sum(deadLetters, other.deadLetters),
                BoundedSum.plus(contentUpdates, other.contentUpdates));
    }

    /** Looks at the counts. */
    public void check(FieldCheck fields) {
        fields.count("fetched", fetched);
        fields.counts("failed", failed);
        fields.count("passed", passed);
        fields.counts("dead_letters", deadLetters);
        fields.count("content_updates", contentUpdates);
    }

    /** Rows that went on without content although they should have some. */
    public long withoutContent() {
        return CountsByCode.total(failed);
    }

    public long deadLettered() {
        return CountsByCode.total(deadLetters);
    }

    /** Records of the session that were handled. */
    public long rows() {
        return BoundedSum.sum(fetched, withoutContent(), passed, deadLettered());
    }
}
