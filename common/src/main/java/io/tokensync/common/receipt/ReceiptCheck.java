package io.tokensync.common.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.session.ScanProblem;

/**
 * Whether a receipt says something that can be: asked where one is made, and where it is read. The stages take identities
 * and paths over from records, and anybody who may write to the topic may write anything.
 */
public final class ReceiptCheck {
    private static final int MOST_PROBLEMS = 100;
    /** Of all problems together: a session summary has them too, and must fit a record. */
    private static final int MOST_CHARACTERS = 200_000;
    private static final int LONGEST_STAGE = 50;
    private static final int LONGEST_REASON = 100;

    private ReceiptCheck() {}

    /** What is wrong with it, in one sentence; empty when nothing is. */
    public static Optional<String> problem(Receipt receipt) {
        FieldCheck fields = new FieldCheck();
        switch (receipt) {
            case Receipt.ScanCycleStarted started -> check(fields, started);
            case Receipt.ScanCycleEnded ended -> check(fields, ended);
            case Receipt.DatabaseScanned scanned -> check(fields, scanned);
            case Receipt.Enriched enriched -> {
                enriched.scope().check(fields);
                enriched.counts().check(fields);
                versions(fields, enriched.versions());
                versions(fields, enriched.dead());
            }
            case Receipt.Written written -> {
                written.scope().check(fields);
                written.counts().check(fields);
                versions(fields, written.versions());
            }
            case Receipt.DatabaseGone gone -> gone.scope().check(fields);
            case Receipt.Unread unread -> check(fields, unread);
            case Receipt.DeadLettered deadLettered -> {
                fields.printable("stage", deadLettered.stage(), LONGEST_STAGE);
                fields.counts("dead_letters", deadLettered.deadLetters());
            }
        }
        return fields.problem();
    }

    private static void check(FieldCheck fields, Receipt.ScanCycleStarted started) {
        cycle(fields, started.sessionId(), started.sourceIp(), started.startedAt());
        fields.count("found", started.found());
        fields.count("to_read", started.toRead());
    }

    private static void check(FieldCheck fields, Receipt.ScanCycleEnded ended) {
        cycle(fields, ended.sessionId(), ended.sourceIp(), ended.startedAt());
        fields.count("found", ended.found());
        fields.count("read", ended.read());
        fields.count("unchanged", ended.unchanged());
        fields.count("failed", ended.failed());
        problems(fields, ended.problems());
    }

    private static void check(FieldCheck fields, Receipt.DatabaseScanned scanned) {
        scanned.scope().check(fields);
        fields.time("started_at", scanned.startedAt());
        fields.time("last_modified", scanned.lastModified());
        scanned.scan().check(fields);
        versions(fields, scanned.versions());
        if (scanned.problem() != null) {
            scanned.problem().check(fields);
        }
    }

    private static void check(FieldCheck fields, Receipt.Unread unread) {
        fields.printable("stage", unread.stage(), LONGEST_STAGE);
        fields.printable("source_ip", unread.sourceIp(), ColumnLimits.SOURCE_IP);
        fields.text("node_name", unread.nodeName(), ColumnLimits.NODE_NAME);
        fields.printable("reason", unread.reason(), LONGEST_REASON);
        versions(fields, unread.versions());
    }

    private static void cycle(FieldCheck fields, String sessionId, String sourceIp, Instant startedAt) {
        fields.uuid("session_id", sessionId);
        fields.printable("source_ip", sourceIp, ColumnLimits.SOURCE_IP);
        fields.time("started_at", startedAt);
    }

    private static void problems(FieldCheck fields, List<ScanProblem> problems) {
        fields.require(problems.size() <= MOST_PROBLEMS, "problems", "are more than " + MOST_PROBLEMS);
        problems.forEach(problem -> problem.check(fields));
        long characters = problems.stream().mapToLong(it -> it.path().length() + it.reason().length()).sum();
        fields.require(characters <= MOST_CHARACTERS, "problems", "have more than " + MOST_CHARACTERS + " characters");
    }

    private static void versions(FieldCheck fields, VersionSet versions) {
        if (!versions.isEmpty()) {
            fields.version("versions", versions.first());
            fields.version("versions", versions.end() - 1);
        }
    }
}
