package io.tokensync.monitor.reconciliation.streams;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.monitor.reconciliation.DatabaseState;

/**
 * How each database stands, apart from the sessions: these end, the database stays. Which of them have changed since their
 * session summaries were published is known too.
 */
final class LatestDatabases {
    private final States states;
    private final Set<Place> changed = new LinkedHashSet<>();

    /** A database of a machine. */
    private record Place(String sourceIp, String dbPath) {}

    /** Begins with the session summaries of all, which whoever had these states before may not have published. */
    LatestDatabases(States states) {
        this.states = states;
        states.latestDatabases().forEach(latest -> changed.add(new Place(latest.sourceIp(), latest.dbPath())));
    }

    /** The scanner has reported it. A receipt that is older than what is known changes nothing. */
    void scanned(Receipt.DatabaseScanned receipt, Instant at) {
        ReceiptScope scope = receipt.scope();
        LatestDatabase known = states.latest(scope.sourceIp(), scope.dbPath()).orElse(null);
        LatestDatabase before = known == null
                ? LatestDatabase.of(scope.sourceIp(), scope.nodeName(), scope.dbPath())
                : known;
        boolean read = receipt.ended() && receipt.problem() == null && !isBefore(at, before.readAt());
        boolean moved = !receipt.versions().isEmpty() && !isBefore(at, before.changedAt());
        // What an interrupted session has left has been read by a later one, which found nothing to publish.
        boolean resumed = read && before.status() == SessionStatus.INTERRUPTED
                && !scope.sessionId().equals(before.sessionId());
        put(known, new LatestDatabase(scope.sourceIp(), read ? scope.nodeName() : before.nodeName(), scope.dbPath(),
                read ? at : before.readAt(), read ? receipt.scan().read() : before.rows(),
                read ? receipt.scan().allRejected() : before.rejected(), moved ? at : before.changedAt(),
                before.scanStartedAt(), before.sessionId(), resumed ? SessionStatus.COMPLETED : before.status()));
    }

    /** How it stands in a session; of several sessions the one counts in which its scan began last. */
    void stands(DatabaseState database, SessionStatus status) {
        ReceiptScope scope = database.scope();
        LatestDatabase before = states.latest(scope.sourceIp(), scope.dbPath()).orElse(null);
        if (before != null && database.startedAt() != null && !isBefore(database.startedAt(), before.scanStartedAt())) {
            // However late its records arrive: a later scan has read it to its end.
            Instant scanned = database.scanSpan().last();
            boolean resumed = status == SessionStatus.INTERRUPTED && scanned != null
                    && isBefore(scanned, before.readAt());
            put(before, new LatestDatabase(scope.sourceIp(), before.nodeName(), scope.dbPath(), before.readAt(),
                    before.rows(), before.rejected(), before.changedAt(), database.startedAt(), scope.sessionId(),
                    resumed ? SessionStatus.COMPLETED : status));
        }
    }

    /** It is gone for good. */
    void gone(ReceiptScope scope) {
        states.forgetLatest(scope.sourceIp(), scope.dbPath());
        changed.add(new Place(scope.sourceIp(), scope.dbPath()));
    }

    /** Hands out the session summaries of those that have changed, and the keys of those that are gone. */
    void publish(Consumer<LatestDatabase> to, Consumer<String> gone) {
        changed.forEach(place -> states.latest(place.sourceIp, place.dbPath).ifPresentOrElse(to,
                () -> gone.accept(LatestDatabase.key(place.sourceIp, place.dbPath))));
        changed.clear();
    }

    private void put(LatestDatabase before, LatestDatabase now) {
        if (!now.equals(before)) {
            states.put(now);
            changed.add(new Place(now.sourceIp(), now.dbPath()));
        }
    }

    private static boolean isBefore(Instant at, Instant known) {
        return known != null && at.isBefore(known);
    }
}
