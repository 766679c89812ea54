package io.tokensync.scanner.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.common.model.NodeGeneration;

/**
 * The tables of a node that hold tokens, in order of precedence: an id that is in two of them belongs to the first. The
 * numbers are kept in the agent's state and never change.
 */
public enum TokenTable {
    /** Whole and part RBT tokens; a node's database without it is not one. */
    TOKENS(0, "TokensTable", Map.of()),
    /** Fungible tokens. */
    FT(1, "FTTokenTable", Map.of(TokenColumn.DID, "owner_did")),
    NFT(2, "NFTTokensTable", Map.of()),
    CONTRACT(3, "smartcontract",
            Map.of(TokenColumn.TOKEN_ID, "smart_contract_hash", TokenColumn.DID, "deployer", TokenColumn.TOKEN_STATUS,
                    "contract_status")),
    DATA(4, "DataTokensTable", Map.of()),
    /** What a full node knows of the whole network's RBT tokens; a full node's database without it is not one. */
    FULL_NODE_TOKENS(5, "FullnodeRBTtable", Columns.FULL_NODE),
    FULL_NODE_FT(6, "FullnodeFTtable", Columns.FULL_NODE),
    FULL_NODE_NFT(7, "FullnodeNFTtable", Columns.FULL_NODE),
    FULL_NODE_CONTRACT(8, "FullnodeSCtable", Columns.FULL_NODE),
    /** All tokens of a node of v1, of whatever kind; a database without it is no node's. */
    V1_TOKENS(9, "tokens"),
    /** What a full node of v1 knows of the whole network's RBT tokens, in the database of the node itself. */
    V1_FULL_NODE_RBT(10, "fullnode_rbt"),
    V1_FULL_NODE_FT(11, "fullnode_ft"),
    V1_FULL_NODE_NFT(12, "fullnode_nft"),
    /** Names no holder. */
    V1_FULL_NODE_CONTRACT(13, "fullnode_smart_contract");

    /** What a node of v1 holds. */
    public static final Set<TokenTable> OF_V1_NODE = Collections.unmodifiableSet(EnumSet.of(V1_TOKENS));
    /** What a full node of v1 knows of the network, in order of precedence. */
    public static final Set<TokenTable> OF_V1_FULL_NODE = Collections
            .unmodifiableSet(EnumSet.range(V1_FULL_NODE_RBT, V1_FULL_NODE_CONTRACT));

    private static final String ROWID = "rowid";
    private static final String CTID = "ctid";

    /** Names that several tables share. */
    private static final class Columns {
        private static final Map<TokenColumn, String> FULL_NODE = Map.of(TokenColumn.DID, "owner_did",
                TokenColumn.TOKEN_VALUE, "value");
    }

    private final int number;
    private final NodeGeneration generation;
    private final String tableName;
    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<TokenColumn, String> renamed;

    TokenTable(int number, String tableName, Map<TokenColumn, String> renamed) {
        this(number, NodeGeneration.SQLITE, tableName, renamed);
    }

    TokenTable(int number, String tableName) {
        this(number, NodeGeneration.V1, tableName, Map.of());
    }

    TokenTable(int number, NodeGeneration generation, String tableName, Map<TokenColumn, String> renamed) {
        this.number = number;
        this.generation = generation;
        this.tableName = tableName;
        this.renamed = renamed;
    }

    /** The table with this number. */
    public static TokenTable of(int number) {
        return Arrays.stream(values()).filter(table -> table.number == number).findFirst().orElseThrow();
    }

    /** The tables that nodes of this generation have, in order of precedence. */
    public static Set<TokenTable> of(NodeGeneration generation) {
        return Arrays.stream(values()).filter(table -> table.generation == generation)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TokenTable.class)));
    }

    /** Which nodes have it. */
    public NodeGeneration generation() {
        return generation;
    }

    /** The number that the state keeps. */
    public int number() {
        return number;
    }

    /** The table's name in the node's database. */
    public String tableName() {
        return tableName;
    }

    /** Whether a database is a node's because it has this table. */
    public boolean marksANode() {
        return this == TOKENS || this == FULL_NODE_TOKENS || this == V1_TOKENS;
    }

    /** Whether no schema has this column here, so that a row without a value is not wrong. */
    public boolean lacks(TokenColumn column) {
        return this == V1_FULL_NODE_CONTRACT && column == TokenColumn.DID;
    }

    /** Whether its rows are contracts, whose status has codes of their own. */
    public boolean holdsContracts() {
        return this == CONTRACT || this == FULL_NODE_CONTRACT; // those of v1 share the codes of the others
    }

    /**
     * A row's values under the names that the node gives them, for people; without those that are null.
     *
     * @param rowid its place
     */
    public Map<String, Object> named(long rowid, Function<TokenColumn, Object> values) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (generation == NodeGeneration.V1) {
            named.put(CTID, TuplePlace.text(rowid));
        } else {
            named.put(ROWID, rowid);
        }
        for (TokenColumn column : TokenColumn.values()) {
            Object value = values.apply(column);
            if (value != null) {
                named.put(nameOf(column), value);
            }
        }
        return named;
    }

    /** What the node calls this column here. */
    public String nameOf(TokenColumn column) {
        return renamed.getOrDefault(column, column.name().toLowerCase(Locale.ROOT));
    }
}
