package io.tokensync.monitor.reconciliation.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.monitor.reconciliation.DatabaseState;
import io.tokensync.monitor.reconciliation.SessionState;

/**
 * Finds the database of records that a stage has dead-lettered unread: the one whose scan has published them. Each version is
 * handed out once, so there is only one. The scanner's word may come later than the stage's; until then they wait.
 */
final class UnreadRecords {
    private static final String ENRICHER = "enricher";

    private final States states;

    /**
     * What waits for the scanner's word, of one node.
     *
     * @param since when the first of them was dead-lettered
     */
    record Waiting(List<Receipt.Unread> receipts, Instant since) {}

    UnreadRecords(States states) {
        this.states = states;
    }

    /** What the stage would have said of these records if it could have read them, as far as they are known. */
    List<Receipt> take(Receipt.Unread unread, Instant at) {
        List<Receipt> known = new ArrayList<>();
        VersionSet left = unread.versions();
        for (SessionState session : states.sessions()) {
            if (!session.sourceIp().equals(unread.sourceIp()) || left.isEmpty()) {
                continue;
            }
            for (DatabaseState database : states.databases(session.sessionId())) {
                VersionSet own = common(left, database.published());
                if (database.scope().nodeName().equals(unread.nodeName()) && !own.isEmpty()) {
                    known.add(readable(unread, database.scope(), own));
                    left = left.minus(own);
                }
            }
        }
        if (!left.isEmpty()) {
            await(with(unread, left), at);
        }
        return known;
    }

    /** The same for records that waited for this word of the scanner. */
    List<Receipt> published(ReceiptScope scope, VersionSet versions) {
        Waiting waiting = states.unread(scope.sourceIp(), scope.nodeName()).orElse(null);
        if (waiting == null) {
            return List.of();
        }
        List<Receipt> known = new ArrayList<>();
        List<Receipt.Unread> left = new ArrayList<>();
        for (Receipt.Unread unread : waiting.receipts()) {
            VersionSet own = common(unread.versions(), versions);
            if (!own.isEmpty()) {
                known.add(readable(unread, scope, own));
            }
            if (!unread.versions().minus(own).isEmpty()) {
                left.add(with(unread, unread.versions().minus(own)));
            }
        }
        if (!known.isEmpty()) {
            states.putUnread(scope.sourceIp(), scope.nodeName(), left.isEmpty()
                    ? null
                    : new Waiting(left, waiting.since()));
        }
        return known;
    }

    /** Removes and returns what waits since before this: no session that is kept has published it. */
    List<Receipt.Unread> expired(Instant start) {
        List<Receipt.Unread> expired = new ArrayList<>();
        for (Waiting waiting : states.allUnread()) {
            if (waiting.since().isBefore(start)) {
                expired.addAll(waiting.receipts());
                Receipt.Unread any = waiting.receipts().getFirst();
                states.putUnread(any.sourceIp(), any.nodeName(), null);
            }
        }
        return expired;
    }

    /** Records that wait already wait once, however often their stage reports them. */
    private void await(Receipt.Unread unread, Instant at) {
        Waiting before = states.unread(unread.sourceIp(), unread.nodeName()).orElse(new Waiting(List.of(), at));
        VersionSet fresh = unread.versions();
        for (Receipt.Unread known : before.receipts()) {
            fresh = known.stage().equals(unread.stage()) ? fresh.minus(known.versions()) : fresh;
        }
        if (!fresh.isEmpty()) {
            List<Receipt.Unread> receipts = new ArrayList<>(before.receipts());
            receipts.add(with(unread, fresh));
            states.putUnread(unread.sourceIp(), unread.nodeName(), new Waiting(receipts, before.since()));
        }
    }

    private static VersionSet common(VersionSet one, VersionSet other) {
        return one.minus(one.minus(other));
    }

    private static Receipt.Unread with(Receipt.Unread unread, VersionSet versions) {
        return new Receipt.Unread(unread.stage(), unread.sourceIp(), unread.nodeName(), unread.reason(), versions);
    }

    private static Receipt readable(Receipt.Unread unread, ReceiptScope scope, VersionSet versions) {
        Map<String, Long> dead = Map.of(unread.reason(), versions.size());
        return unread.stage().equals(ENRICHER)
                ? new Receipt.Enriched(scope, new EnrichCounts(0, Map.of(), 0, dead, 0), versions, versions)
                : new Receipt.Written(scope, new WriteCounts(0, 0, 0, 0, 0, dead, 0, 0), versions);
    }
}
