package io.tokensync.monitor.reconciliation.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;
import io.tokensync.monitor.reconciliation.DatabaseState;
import io.tokensync.monitor.reconciliation.SessionState;
import io.tokensync.monitor.reconciliation.Verdict;

/** Adds receipts to the states as they come, and twice a second publishes the session summaries of what has moved. */
final class Reconciler implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

    private final Timeouts longestWait;
    private final ObservedClock present = new ObservedClock();
    private final Set<String> moved = new LinkedHashSet<>();
    private final Set<ReceiptScope> movedDatabases = new LinkedHashSet<>();
    private ProcessorContext<byte[], byte[]> context;
    private States states;
    private Retention retention;
    private Agents agents;
    private LatestDatabases latest;
    private UnreadRecords unread;
    private Instant lookedAround = Instant.EPOCH;

    Reconciler(Timeouts longestWait) {
        this.longestWait = longestWait;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        context = newContext;
        states = new States(newContext);
        retention = new Retention(longestWait);
        agents = new Agents(states);
        latest = new LatestDatabases(states);
        unread = new UnreadRecords(states);
        // Whoever had these states before may not have published the last that moved.
        for (SessionState session : states.sessions()) {
            moved.add(session.sessionId());
            states.databases(session.sessionId()).forEach(database -> movedDatabases.add(database.scope()));
        }
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> publish(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        present.processed(at);
        try {
            take(UnfitReceipts.read(record.value()), at);
        } catch (UnreadableRecordException e) {
            log.atWarn().setMessage("receipt dead-lettered: " + e.getMessage()).log();
            context.forward(UnfitReceipts.deadLetter(record, context.recordMetadata(), e),
                    ReconciliationTopology.DEAD_LETTERS);
        }
    }

    private void take(Receipt receipt, Instant at) {
        switch (receipt) {
            case Receipt.ScanCycleStarted started -> take(started, at);
            case Receipt.ScanCycleEnded ended -> {
                boolean newProblems = agents.ended(ended, at);
                states.put(session(ended.sessionId(), ended.sourceIp(), at).with(ended, newProblems, at));
                moved(ended.sessionId());
            }
            case Receipt.DatabaseScanned scanned -> {
                agents.heard(scanned.sourceIp(), at);
                latest.scanned(scanned, at);
                states.put(session(scanned.scope(), at).heard(at));
                put(database(scanned.scope(), at).with(scanned, at));
                unread.published(scanned.scope(), scanned.versions()).forEach(known -> take(known, at));
            }
            case Receipt.DatabaseGone gone -> latest.gone(gone.scope());
            case Receipt.Enriched enriched -> put(database(enriched.scope(), at).with(enriched, at));
            case Receipt.Written written -> put(database(written.scope(), at).with(written, at));
            case Receipt.Unread records -> unread.take(records, at).forEach(known -> take(known, at));
            case Receipt.DeadLettered(_, var deadLetters) -> deadLetter(deadLetters, at);
        }
    }

    private void take(Receipt.ScanCycleStarted started, Instant at) {
        boolean known = states.session(started.sessionId()).filter(SessionState::announced).isPresent();
        if (known || !agents.hasForgotten(started, at)) {
            states.put(session(started.sessionId(), started.sourceIp(), at).with(started, at));
            agents.started(started, at);
            moved(started.sessionId());
        }
    }

    private SessionState session(ReceiptScope scope, Instant at) {
        return session(scope.sessionId(), scope.sourceIp(), at);
    }

    private SessionState session(String sessionId, String sourceIp, Instant at) {
        return states.session(sessionId).orElseGet(() -> SessionState.of(sessionId, sourceIp, at));
    }

    private DatabaseState database(ReceiptScope scope, Instant at) {
        return states.database(scope).orElseGet(() -> DatabaseState.of(scope, at));
    }

    private void put(DatabaseState database) {
        ReceiptScope scope = database.scope();
        if (states.session(scope.sessionId()).isEmpty()) {
            states.put(session(scope, database.movedAt()));
        }
        states.put(database);
        movedDatabases.add(scope);
        moved(scope.sessionId());
    }

    private void moved(String sessionId) {
        moved.add(sessionId);
    }

    private void deadLetter(Map<String, Long> deadLetters, Instant at) {
        put(new Unmatched(deadLetters, Map.of(), at));
    }

    private void put(Unmatched lost) {
        Unmatched sum = states.unmatched().map(before -> before.plus(lost)).orElse(lost);
        states.put(sum);
        forward(sum, lost.lastAt());
    }

    private void publish(Instant wallClock) {
        Instant now = present.at(wallClock);
        for (String sessionId : List.copyOf(moved)) {
            states.session(sessionId).ifPresent(session -> publish(session, now, true));
        }
        moved.clear();
        movedDatabases.clear();
        if (Duration.between(lookedAround, wallClock).compareTo(LOOK_AROUND) >= 0) {
            lookAround(now);
            lookedAround = wallClock;
        }
        latest.publish(database -> forward(database, now), gone -> tombstone(gone, now));
        agents.publish(agent -> forward(agent, now));
    }

    /** Time alone changes how sessions stand; and ends how long they are kept. */
    private void lookAround(Instant now) {
        for (SessionState old : retention.expired(states.sessions(), now)) {
            forget(old, now);
        }
        for (SessionState unmatched : retention.unmatched(states.sessions(), now)) {
            giveUp(unmatched, now);
        }
        for (Receipt.Unread lost : unread.expired(now.minus(longestWait.kept()))) {
            deadLetter(Map.of(lost.reason(), lost.versions().size()), now);
        }
        for (SessionState session : states.sessions()) {
            if (!session.isPublished() || !session.status().isComplete()) {
                publish(session, now, false);
            }
        }
    }

    /** What is not kept any longer is part of its agent's past, if there was a session summary of it. */
    private void forget(SessionState session, Instant now) {
        SessionTotals totals = session.isPublished()
                ? SessionTotals.NONE.plus(verdict(session).summary(session.status(), session.revision(),
                        session.accountedAt()))
                : SessionTotals.NONE;
        agents.forgot(session, totals);
        remove(session, now);
    }

    /** Nobody has announced it: it is the rest of a session that is not kept any longer, or a replay of a part of one. */
    private void giveUp(SessionState session, Instant now) {
        SyncSession parts = verdict(session).summary(SessionStatus.INTERRUPTED, 0, null);
        Map<String, Long> records = Map.of("scanner", parts.scan().published(), "enricher", parts.enriched().rows(),
                "writer", parts.written().rows());
        remove(session, now);
        if (records.values().stream().anyMatch(count -> count > 0)) {
            put(new Unmatched(Map.of(), records, now));
        }
    }

    private void remove(SessionState session, Instant now) {
        if (session.isPublished()) {
            states.databases(session.sessionId()).forEach(database -> tombstone(ProcessedDatabase
                    .key(session.sessionId(), database.scope().dbPath()), now));
            tombstone(SyncSession.key(session.sessionId()), now);
        }
        states.forget(session.sessionId());
    }

    private Verdict verdict(SessionState session) {
        return new Verdict(session, states.databases(session.sessionId()), longestWait.stalled(), longestWait.silent());
    }

    /** Publishes how a session stands. What nobody has announced is not published: only parts of it are known. */
    private void publish(SessionState session, Instant now, boolean hasMoved) {
        if (!session.announced()) {
            return;
        }
        Verdict verdict = verdict(session);
        SessionStatus status = verdict.status(now, agents.haveGoneOnAfter(session));
        if (!verdict.isWorthASummary(status)) {
            if (status.isComplete() || status == SessionStatus.INTERRUPTED) {
                forget(session, now);
            }
            return;
        }
        boolean changed = status != session.status();
        if (!changed && !hasMoved) {
            return;
        }
        long revision = Math.max(session.revision() + 1, now.toEpochMilli());
        Instant accountedFor = verdict.accountedAt(status, now);
        states.put(session.published(status, revision, accountedFor, verdict.rows()));
        for (DatabaseState database : states.databases(session.sessionId())) {
            if (changed || movedDatabases.contains(database.scope())) {
                ProcessedDatabase summary = database.summary(status, revision);
                latest.stands(database, summary.status());
                forward(summary, now);
            }
        }
        forward(verdict.summary(status, revision, accountedFor), now);
    }

    private void forward(SessionSummary summary, Instant at) {
        context.forward(
                new Record<>(SessionSummarySerde.key(summary), SessionSummarySerde.write(summary), at.toEpochMilli()),
                ReconciliationTopology.SUMMARIES);
    }

    private void tombstone(String key, Instant at) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), null, at.toEpochMilli()),
                ReconciliationTopology.SUMMARIES);
    }
}
