package io.tokensync.simulator.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.tokensync.simulator.chain.V1Transaction;

/** Batched inserts of tokens with their owners and transactions. */
final class V1Inserts {
    private static final int BATCH = 500;
    /** So many of the last transactions are known to be there; tokens of one come one after another. */
    private static final int RECENT = 1_000;

    private final V1Schema schema;
    private final PreparedStatement dids;
    private final PreparedStatement transactions;
    private final PreparedStatement chain;
    private final Connection connection;
    private final Set<String> knownDids = new HashSet<>();
    private final Set<String> recent = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > RECENT;
        }
    });
    private PreparedStatement tokens;
    private int batched;

    V1Inserts(Connection connection, V1Schema schema) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.dids = connection.prepareStatement("INSERT INTO dids (did, local) VALUES (?, ?) ON CONFLICT DO NOTHING");
        this.transactions = connection.prepareStatement(
                "INSERT INTO transactions (id, info, signature, created_at, updated_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING");
        this.chain = connection.prepareStatement(schema.hasChainPositions()
                ? "INSERT INTO tokenchain (token_id, transaction_id, role, position) VALUES (?, ?, ?, ?)"
                : "INSERT INTO tokenchain (token_id, transaction_id, role) VALUES (?, ?, ?)");
    }

    void add(V1Row row) throws SQLException {
        addDid(row.columns().get("did"));
        if (tokens == null) {
            tokens = connection.prepareStatement("INSERT INTO tokens (" + String.join(", ", row.columns().keySet())
                    + ") VALUES (" + String.join(", ", Collections.nCopies(row.columns().size(), "?")) + ")");
        }
        bind(tokens, row.columns().values().toArray());
        for (int i = 0; i < row.history().size(); i++) {
            addStep(row.columns().get("token_id"), row.history().get(i), i);
        }
        if (++batched == BATCH) {
            send();
        }
    }

    void addDid(String did) throws SQLException {
        if (knownDids.add(did)) {
            bind(dids, did, true);
        }
    }

    /**
     * Adds a transaction unless it is there or is to be missing, and what it did with a token.
     *
     * @param position in the token's chain, from 0
     */
    void addStep(String token, V1Step step, long position) throws SQLException {
        V1Transaction transaction = step.transaction();
        if (transaction.info() != null && recent.add(transaction.id())) {
            String when = transaction.when().toString();
            bind(transactions, transaction.id(), transaction.info(), transaction.signature(), when, when);
        }
        if (schema.hasChainPositions()) {
            bind(chain, token, transaction.id(), step.role().sqlName(), position);
        } else {
            bind(chain, token, transaction.id(), step.role().id());
        }
    }

    /** Sends what is batched, in the order that the constraints ask for. */
    void send() throws SQLException {
        dids.executeBatch();
        transactions.executeBatch();
        if (tokens != null) {
            tokens.executeBatch();
        }
        chain.executeBatch();
        batched = 0;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i] == null ? null : values[i].toString());
        }
        statement.addBatch();
    }
}
