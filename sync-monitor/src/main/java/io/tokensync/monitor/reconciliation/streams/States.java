package io.tokensync.monitor.reconciliation.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.Unmatched;
import io.tokensync.monitor.reconciliation.AgentState;
import io.tokensync.monitor.reconciliation.DatabaseState;
import io.tokensync.monitor.reconciliation.SessionState;

/**
 * The stores of one task, by their contents. What has been read or written lately is not read again: a task that begins
 * anew, with another state of its stores, has new ones of these.
 */
final class States {
    private static final String SESSIONS = "sessions";
    private static final String DATABASES = "databases";
    private static final String OTHERS = "others";
    private static final String UNMATCHED = "unmatched";
    private static final String UNREAD = "unread|";
    private static final String AGENT = "agent|";
    private static final String LATEST = "latest|";

    static final List<String> STORES = List.of(SESSIONS, DATABASES, OTHERS);

    private final KeyValueStore<String, byte[]> sessions;
    private final KeyValueStore<String, byte[]> databases;
    private final KeyValueStore<String, byte[]> others;
    private final Map<String, SessionState> readSessions = new Latest<>();
    private final Map<String, DatabaseState> readDatabases = new Latest<>();
    private final Map<String, AgentState> readAgents = new Latest<>();
    private final Map<String, LatestDatabase> readLatest = new Latest<>();

    /** As many as move at a time, and no more. */
    private static final class Latest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 2_000;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    }

    States(ProcessorContext<byte[], byte[]> context) {
        this.sessions = context.getStateStore(SESSIONS);
        this.databases = context.getStateStore(DATABASES);
        this.others = context.getStateStore(OTHERS);
    }

    Optional<SessionState> session(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId)).map(json -> session(sessionId, json));
    }

    void put(SessionState session) {
        readSessions.put(session.sessionId(), session);
        sessions.put(session.sessionId(), RecordJson.write(session));
    }

    List<SessionState> sessions() {
        List<SessionState> all = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = sessions.all()) {
            entries.forEachRemaining(entry -> all.add(session(entry.key, entry.value)));
        }
        return all;
    }

    Optional<DatabaseState> database(ReceiptScope scope) {
        String key = key(scope);
        return Optional.ofNullable(databases.get(key)).map(json -> database(key, json));
    }

    void put(DatabaseState database) {
        readDatabases.put(key(database.scope()), database);
        databases.put(key(database.scope()), RecordJson.write(database));
    }

    List<DatabaseState> databases(String sessionId) {
        List<DatabaseState> all = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = databases.prefixScan(prefix(sessionId),
                new StringSerializer())) {
            entries.forEachRemaining(entry -> all.add(database(entry.key, entry.value)));
        }
        return all;
    }

    /** The session and its databases are not kept any longer. */
    void forget(String sessionId) {
        for (DatabaseState database : databases(sessionId)) {
            databases.delete(key(database.scope()));
            readDatabases.remove(key(database.scope()));
        }
        sessions.delete(sessionId);
        readSessions.remove(sessionId);
    }

    Optional<AgentState> agent(String sourceIp) {
        return cached(readAgents, AGENT + sourceIp, AgentState.class);
    }

    void put(AgentState agent) {
        put(readAgents, AGENT + agent.sourceIp(), agent);
    }

    List<AgentState> agents() {
        return all(AGENT, AgentState.class);
    }

    /** How a database stands, whichever sessions are kept. */
    Optional<LatestDatabase> latest(String sourceIp, String dbPath) {
        return cached(readLatest, LatestDatabase.key(sourceIp, dbPath), LatestDatabase.class);
    }

    void put(LatestDatabase latest) {
        put(readLatest, latest.key(), latest);
    }

    void forgetLatest(String sourceIp, String dbPath) {
        others.delete(LatestDatabase.key(sourceIp, dbPath));
        readLatest.remove(LatestDatabase.key(sourceIp, dbPath));
    }

    List<LatestDatabase> latestDatabases() {
        return all(LATEST, LatestDatabase.class);
    }

    Optional<Unmatched> unmatched() {
        return read(others, UNMATCHED, Unmatched.class);
    }

    void put(Unmatched lost) {
        others.put(lost.key(), RecordJson.write(lost));
    }

    Optional<UnreadRecords.Waiting> unread(String sourceIp, String nodeName) {
        return read(others, unreadKey(sourceIp, nodeName), UnreadRecords.Waiting.class);
    }

    /** @param waiting null for nothing any longer */
    void putUnread(String sourceIp, String nodeName, UnreadRecords.Waiting waiting) {
        others.put(unreadKey(sourceIp, nodeName), waiting == null ? null : RecordJson.write(waiting));
    }

    List<UnreadRecords.Waiting> allUnread() {
        return all(UNREAD, UnreadRecords.Waiting.class);
    }

    private <T> List<T> all(String prefix, Class<T> type) {
        List<T> all = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = others.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> all.add(RecordJson.read(entry.value, type)));
        }
        return all;
    }

    private <T> Optional<T> cached(Map<String, T> cache, String key, Class<T> type) {
        return Optional.ofNullable(others.get(key))
                .map(json -> cache.computeIfAbsent(key, _ -> RecordJson.read(json, type)));
    }

    private <T> void put(Map<String, T> cache, String key, T value) {
        cache.put(key, value);
        others.put(key, RecordJson.write(value));
    }

    private static String unreadKey(String sourceIp, String nodeName) {
        return UNREAD + sourceIp + '|' + nodeName;
    }

    private SessionState session(String key, byte[] json) {
        return readSessions.computeIfAbsent(key, _ -> RecordJson.read(json, SessionState.class));
    }

    private DatabaseState database(String key, byte[] json) {
        return readDatabases.computeIfAbsent(key, _ -> RecordJson.read(json, DatabaseState.class));
    }

    private static <T> Optional<T> read(KeyValueStore<String, byte[]> store, String key, Class<T> type) {
        return Optional.ofNullable(store.get(key)).map(json -> RecordJson.read(json, type));
    }

    private static String key(ReceiptScope scope) {
        return prefix(scope.sessionId()) + scope.dbPath();
    }

    private static String prefix(String sessionId) {
        return sessionId + "|";
    }
}
