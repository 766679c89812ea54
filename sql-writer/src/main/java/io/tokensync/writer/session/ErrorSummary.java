package io.tokensync.writer.session;

import java.util.List;
import java.util.Map;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SyncSession;

/**
 * What went wrong in a session, as {@code SyncSessions.error_summary} has it in JSON.
 *
 * @param problems what the scan could not read, at most ten
 * @param rejected rows that the scanner dead-lettered, by reason
 * @param withoutContent rows written without content, by reason
 * @param deadLettered records that enricher and writer dead-lettered, by stage and reason
 */
public record ErrorSummary(List<ScanProblem> problems, Map<String, Long> rejected, Map<String, Long> withoutContent,
        Map<String, Map<String, Long>> deadLettered) {
    private static final int MOST_PROBLEMS = 10;

    /** The text of the column; null when nothing went wrong. */
    public static String of(SyncSession session) {
        boolean isClean = session.problems().isEmpty() && session.scan().rejectedNow() == 0
                && session.enriched().withoutContent() == 0 && session.enriched().deadLettered() == 0
                && session.written().deadLettered() == 0;
        if (isClean) {
            return null;
        }
        return RecordJson.text(new ErrorSummary(session.problems().stream().limit(MOST_PROBLEMS).toList(),
                session.scan().rejected(), session.enriched().failed(),
                Map.of("enricher", session.enriched().deadLetters(), "writer", session.written().deadLetters())));
    }
}
