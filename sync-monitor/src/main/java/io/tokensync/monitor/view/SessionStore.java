package io.tokensync.monitor.view;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionSummaryCheck;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;

/** The latest session summary under each key. One thread writes, any thread asks. */
public final class SessionStore implements MonitorViews {
    private static final Logger log = LoggerFactory.getLogger(SessionStore.class);

    private final Clock clock;
    private final StageRates rates = new StageRates();
    private final Map<String, SessionSummary> summaries = new ConcurrentHashMap<>();
    private final Map<String, SyncSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ProcessedDatabase>> databases = new ConcurrentHashMap<>();
    private final Map<String, LatestDatabase> latest = new ConcurrentHashMap<>();
    private final Map<String, AgentSeen> agents = new ConcurrentHashMap<>();
    private volatile Unmatched unmatched;
    private volatile BooleanSupplier caughtUp = () -> false;
    private volatile Supplier<Freshness> fresh;

    public SessionStore(Clock clock) {
        this.clock = clock;
        this.fresh = () -> Freshness.known(clock.instant());
    }

    /** Says how to find out whether the topic has been read. */
    public void readyWhen(BooleanSupplier read) {
        caughtUp = read;
    }

    /** Says how to find out how far it is true; else it is true of the moment in which it was read. */
    public void freshAs(Supplier<Freshness> known) {
        fresh = known;
    }

    /** Takes a record of {@code sync.sessions}. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        SessionSummary before = record.value() == null ? summaries.remove(key) : summaries.get(key);
        if (record.value() == null) {
            forget(before);
            return;
        }
        try {
            SessionSummary summary = SessionSummarySerde.read(record.value());
            Optional<String> problem = SessionSummaryCheck.problem(summary);
            if (problem.isPresent()) {
                throw new UnreadableRecordException("session summary: " + problem.get());
            }
            summaries.put(key, summary);
            keep(summary, Instant.ofEpochMilli(record.timestamp()));
        } catch (UnreadableRecordException e) {
            log.atWarn().setMessage("session summary left out: " + e.getMessage()).addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset()).log();
        }
    }

    @Override
    public boolean ready() {
        return caughtUp.getAsBoolean();
    }

    @Override
    public Freshness freshness() {
        return fresh.get();
    }

    @Override
    public FleetView fleet() {
        return new FleetSummary(sessions.values(), databases.values(), latest.values(), agents.values(), unmatched)
                .at(clock.instant(), rates);
    }

    @Override
    public List<SyncSession> sessions() {
        return sessions.values().stream().sorted(Comparator.comparing(SyncSession::startedAt).reversed()
                .thenComparing(SyncSession::sessionId)).toList();
    }

    @Override
    public Optional<SyncSession> session(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    @Override
    public List<ProcessedDatabase> databases(String sessionId) {
        return List.copyOf(databases.getOrDefault(sessionId, Map.of()).values());
    }

    private void keep(SessionSummary summary, Instant at) {
        switch (summary) {
            case SyncSession session -> keep(session, at);
            case ProcessedDatabase database -> databases
                    .computeIfAbsent(database.sessionId(), _ -> new ConcurrentSkipListMap<>())
                    .put(database.dbPath(), database);
            case LatestDatabase database -> latest.put(database.key(), database);
            case AgentSeen agent -> agents.put(agent.sourceIp(), agent);
            case Unmatched lost -> unmatched = lost;
        }
    }

    private void keep(SyncSession session, Instant at) {
        SyncSession before = sessions.get(session.sessionId());
        if (before == null || session.replaces(before)) {
            sessions.put(session.sessionId(), session);
            rates.add(before, session, at);
        }
    }

    private void forget(SessionSummary summary) {
        switch (summary) {
            case null -> {
            }
            case SyncSession session -> sessions.remove(session.sessionId());
            case ProcessedDatabase database -> databases.computeIfPresent(database.sessionId(), (_, byPath) -> {
                byPath.remove(database.dbPath());
                return byPath.isEmpty() ? null : byPath;
            });
            case LatestDatabase database -> latest.remove(database.key());
            case AgentSeen agent -> agents.remove(agent.sourceIp());
            case Unmatched _ -> unmatched = null;
        }
    }
}
