package io.tokensync.monitor.topology;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
import io.tokensync.common.serde.AccountSerde;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.Account;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unattributed;
import io.tokensync.monitor.reckoning.DatabaseState;
import io.tokensync.monitor.reckoning.SessionState;
import io.tokensync.monitor.reckoning.Verdict;

/** Adds receipts to the states as they come, and twice a second publishes the accounts of what has moved. */
final class Reckoner implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(Reckoner.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

    private final Patience patience;
    private final Present present = new Present();
    private final Set<String> moved = new LinkedHashSet<>();
    private final Set<ReceiptScope> movedDatabases = new LinkedHashSet<>();
    private final Set<String> heard = new LinkedHashSet<>();
    private ProcessorContext<byte[], byte[]> context;
    private States states;
    private UnreadRecords unread;
    private Instant lookedAround = Instant.EPOCH;

    Reckoner(Patience patience) {
        this.patience = patience;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        context = newContext;
        states = new States(newContext);
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
            take(ReceiptSerde.read(record.value()), at);
        } catch (UnreadableRecordException e) {
            log.atWarn().setMessage("receipt left out: " + e.getMessage()).log();
        }
    }

    private void take(Receipt receipt, Instant at) {
        switch (receipt) {
            case Receipt.PassStarted started -> {
                states.put(session(started.sessionId(), started.sourceIp(), at).with(started, at));
                moved(started.sessionId());
                agent(started.sourceIp(), at, null, started.found());
            }
            case Receipt.PassEnded ended -> {
                states.put(session(ended.sessionId(), ended.sourceIp(), at).with(ended, at));
                moved(ended.sessionId());
                agent(ended.sourceIp(), at, at, ended.found());
            }
            case Receipt.DatabaseScanned scanned -> {
                states.put(session(scanned.scope(), at).heard(at));
                put(database(scanned.scope(), at).with(scanned, at));
                unread.published(scanned.scope(), scanned.versions()).forEach(known -> take(known, at));
            }
            case Receipt.Enriched enriched -> put(database(enriched.scope(), at).with(enriched, at));
            case Receipt.Written written -> put(database(written.scope(), at).with(written, at));
            case Receipt.Unread records -> unread.take(records, at).forEach(known -> take(known, at));
            case Receipt.PutAside(_, var deadLetters) -> putAside(deadLetters, at);
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

    private void agent(String sourceIp, Instant at, Instant passedAt, int found) {
        AgentSeen before = states.agent(sourceIp).orElse(null);
        Instant passed = passedAt == null && before != null ? before.passedAt() : passedAt;
        states.put(new AgentSeen(sourceIp, at, passed, found));
        heard.add(sourceIp);
    }

    private void putAside(Map<String, Long> deadLetters, Instant at) {
        Map<String, Long> counts = new HashMap<>();
        states.unattributed().ifPresent(before -> counts.putAll(before.deadLetters()));
        deadLetters.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
        Unattributed sum = new Unattributed(counts, at);
        states.put(sum);
        forward(sum, at);
    }

    private void publish(Instant wallClock) {
        Instant now = present.at(wallClock);
        for (String sessionId : List.copyOf(moved)) {
            states.session(sessionId).ifPresent(session -> publish(session, now, true));
        }
        heard.forEach(sourceIp -> states.agent(sourceIp).ifPresent(agent -> forward(agent, now)));
        heard.clear();
        moved.clear();
        movedDatabases.clear();
        if (Duration.between(lookedAround, wallClock).compareTo(LOOK_AROUND) >= 0) {
            lookAround(now);
            lookedAround = wallClock;
        }
    }

    /** Time alone changes how sessions stand; and ends how long they are kept. */
    private void lookAround(Instant now) {
        for (SessionState old : new Retention(patience, states).expired(states.sessions(), now)) {
            forget(old, now);
        }
        for (Receipt.Unread lost : unread.expired(now.minus(patience.kept()))) {
            putAside(Map.of(lost.reason(), lost.versions().size()), now);
        }
        for (SessionState session : states.sessions()) {
            if (session.status() == null || !session.status().isComplete()) {
                publish(session, now, false);
            }
        }
    }

    private void forget(SessionState session, Instant now) {
        states.databases(session.sessionId()).forEach(database -> tombstone(ProcessedDatabase
                .key(session.sessionId(), database.scope().dbPath()), now));
        tombstone(SyncSession.key(session.sessionId()), now);
        states.forget(session.sessionId());
    }

    private void publish(SessionState session, Instant now, boolean hasMoved) {
        List<DatabaseState> databases = states.databases(session.sessionId());
        Verdict verdict = new Verdict(session, databases, patience.stalled(), patience.silent());
        if (verdict.isIdle()) {
            if (session.end() != null) {
                states.forget(session.sessionId());
            }
            return;
        }
        SessionStatus status = verdict.status(now, isSuperseded(session));
        boolean changed = status != session.status();
        if (!changed && !hasMoved) {
            return;
        }
        long revision = Math.max(session.revision() + 1, now.toEpochMilli());
        Instant settled = status.isComplete() ? session.settledAt() == null ? now : session.settledAt() : null;
        states.put(session.published(status, revision, settled));
        for (DatabaseState database : databases) {
            if (changed || movedDatabases.contains(database.scope())) {
                forward(database.account(status, revision), now);
            }
        }
        forward(verdict.account(status, revision, settled), now);
    }

    /** Whether its agent has begun a later pass. */
    private boolean isSuperseded(SessionState session) {
        return session.end() == null && states.sessions().stream()
                .anyMatch(other -> other.sourceIp().equals(session.sourceIp()) && other.announced()
                        && other.startedAt().isAfter(session.startedAt()));
    }

    private void forward(Account account, Instant at) {
        context.forward(new Record<>(AccountSerde.key(account), AccountSerde.write(account), at.toEpochMilli()));
    }

    private void tombstone(String key, Instant at) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), null, at.toEpochMilli()));
    }
}
