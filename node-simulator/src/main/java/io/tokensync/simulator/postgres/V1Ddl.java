package io.tokensync.simulator.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenKind;

/** The statements that make a node's tables, those that only stand beside the tokens included. */
final class V1Ddl {
    private static final String TIMES = "created_at TIMESTAMPTZ DEFAULT NOW(), updated_at TIMESTAMPTZ DEFAULT NOW()";
    private static final List<String> TYPES = List.of("rbt", "nft", "ft", "smart_contract");
    private static final List<String> FULL_NODE_TABLES = List.of("fullnode_rbt", "fullnode_ft", "fullnode_nft",
            "fullnode_smart_contract");

    private V1Ddl() {}

    /** The number that {@code token_type} has for tokens of a kind. */
    static int type(TokenKind kind) {
        return 1 + TYPES.indexOf(switch (kind) {
            case WHOLE, PART -> "rbt";
            case NFT -> "nft";
            case FT -> "ft";
            case CONTRACT -> "smart_contract";
            case DATA -> throw new IllegalArgumentException("v1 has no data tokens");
        });
    }

    static List<String> statements(V1Schema schema) {
        List<String> statements = new ArrayList<>();
        names(statements, "token_type", TYPES, type -> 1 + TYPES.indexOf(type), type -> type);
        names(statements, "token_role", List.of(V1Role.values()), V1Role::id, V1Role::sqlName);
        if (schema.hasStatusNames()) {
            names(statements, "token_status", List.of(V1Status.values()), schema::code, V1Status::sqlName);
        }
        String peer = schema == V1Schema.V1 || schema == V1Schema.V1_NAMED_STATUS ? "peer_id" : "peer_did";
        statements.add("CREATE TABLE dids (did TEXT PRIMARY KEY, " + peer
                + " TEXT, local BOOLEAN DEFAULT TRUE, algo_id SMALLINT)");
        statements.add("CREATE TABLE transactions (id TEXT PRIMARY KEY, info JSON NOT NULL, signature JSONB NOT NULL, "
                + TIMES + ")");
        statements.add("CREATE TABLE tokens (" + String.join(", ", tokenColumns(schema)) + ")");
        statements.add("CREATE INDEX idx_tokens_did_status ON tokens (did, token_status)");
        statements.add(chain(schema));
        statements.addAll(besideTokens());
        statements.addAll(fullNode());
        return statements;
    }

    private static <T> void names(List<String> statements, String table, List<T> values, ToIntFunction<T> id,
            Function<T, String> name) {
        statements.add("CREATE TABLE " + table + " (id SMALLINT PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                + " is_active BOOLEAN DEFAULT TRUE)");
        statements.add("INSERT INTO " + table + " (id, name) VALUES " + values.stream()
                .map(value -> "(" + id.applyAsInt(value) + ", '" + name.apply(value) + "')")
                .collect(Collectors.joining(", ")));
    }

    private static List<String> tokenColumns(V1Schema schema) {
        List<String> columns = new ArrayList<>(List.of("token_id TEXT PRIMARY KEY",
                "parent_token_id TEXT REFERENCES tokens (token_id) ON DELETE SET NULL",
                "token_value NUMERIC NOT NULL CHECK (token_value >= 0)",
                "token_status SMALLINT NOT NULL DEFAULT 99"
                        + (schema.hasStatusNames() ? " REFERENCES token_status (id)" : ""),
                "did TEXT NOT NULL REFERENCES dids (did)"));
        if (schema.hasTransactions()) {
            columns.add("transaction_id TEXT NOT NULL" + transaction(schema));
            columns.add("token_state_hash TEXT NOT NULL");
        }
        columns.add("token_type SMALLINT NOT NULL REFERENCES token_type (id)");
        if (schema == V1Schema.V1_MEMO) {
            columns.addAll(List.of("data TEXT", "memo TEXT"));
        }
        if (schema.hasLatest()) {
            columns.addAll(List.of("latest_position BIGINT NOT NULL DEFAULT 0", "latest_role SMALLINT"));
        }
        if (schema.hasTimes()) {
            columns.add(TIMES);
        }
        return columns;
    }

    private static String chain(V1Schema schema) {
        String own = schema.hasChainPositions()
                ? "role TEXT NOT NULL, position BIGINT NOT NULL, " + TIMES + ", PRIMARY KEY (token_id, position)"
                : "role SMALLINT NOT NULL REFERENCES token_role (id), " + TIMES + ", UNIQUE (token_id, transaction_id)";
        return "CREATE TABLE tokenchain (id INT GENERATED ALWAYS AS IDENTITY,"
                + " token_id TEXT NOT NULL REFERENCES tokens (token_id) DEFERRABLE INITIALLY DEFERRED,"
                + " transaction_id TEXT NOT NULL" + transaction(schema) + ", "
                + own + ")";
    }

    private static String transaction(V1Schema schema) {
        return schema.hasTransactions() && !schema.hasTransactionConstraint()
                ? ""
                : " REFERENCES transactions (id) DEFERRABLE INITIALLY DEFERRED";
    }

    private static List<String> besideTokens() {
        return List.of("CREATE TABLE fts (id TEXT PRIMARY KEY, ft_name TEXT, ft_count INTEGER, creator_did TEXT)",
                "CREATE TABLE token_state_hashes (did TEXT, token_state_hash TEXT PRIMARY KEY, pledged_token TEXT,"
                        + " transaction_id TEXT)",
                "CREATE TABLE unpledge_sequence_info (tx_id TEXT PRIMARY KEY, pledge_tokens TEXT[], epoch INTEGER,"
                        + " quorum_did TEXT)",
                "CREATE TABLE token_denom (did TEXT NOT NULL, denom NUMERIC(4, 3) NOT NULL, count BIGINT NOT NULL,"
                        + " UNIQUE (did, denom))",
                "CREATE TABLE ipfs_providers (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, cid TEXT NOT NULL,"
                        + " peer_id TEXT NOT NULL, did TEXT, role INTEGER, operation TEXT NOT NULL,"
                        + " status TEXT NOT NULL DEFAULT 'active', transaction_id TEXT, resource_type TEXT,"
                        + " resource_id TEXT, owner TEXT, token_value NUMERIC)");
    }

    /** What a full node knows of the network: one row each, which is no token of the node. */
    private static List<String> fullNode() {
        List<String> statements = new ArrayList<>();
        for (String table : FULL_NODE_TABLES) {
            List<String> columns = new ArrayList<>(tokenColumns(V1Schema.V1));
            columns.removeIf(column -> column.startsWith("token_type")
                    || (column.startsWith("parent_token_id") && !table.equals("fullnode_rbt"))
                    || (column.startsWith("did") && table.equals("fullnode_smart_contract")));
            columns.replaceAll(column -> column.replaceAll(" REFERENCES .*", ""));
            statements.add("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
            statements.add("INSERT INTO " + table + " (token_id, token_value, transaction_id, token_state_hash"
                    + (table.equals("fullnode_smart_contract") ? "" : ", did") + ") VALUES ('" + table
                    + "-1', 1, '', ''" + (table.equals("fullnode_smart_contract") ? "" : ", ''") + ")");
        }
        statements.add("CREATE TABLE fullnode_tokenchain (token_id TEXT NOT NULL, transaction_id TEXT NOT NULL,"
                + " role SMALLINT NOT NULL, height BIGINT NOT NULL, PRIMARY KEY (token_id, height))");
        return statements;
    }
}
