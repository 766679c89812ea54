package io.tokensync.scanner.sqlite;

import java.util.Locale;
import java.util.Map;

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
    DATA(4, "DataTokensTable", Map.of());

    private final int number;
    private final String tableName;
    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<TokenColumn, String> renamed;

    TokenTable(int number, String tableName, Map<TokenColumn, String> renamed) {
        this.number = number;
        this.tableName = tableName;
        this.renamed = renamed;
    }

    /** The number that the state keeps. */
    public int number() {
        return number;
    }

    /** The table's name in the node's database. */
    public String tableName() {
        return tableName;
    }

    /** What the node calls this column here. */
    public String nameOf(TokenColumn column) {
        return renamed.getOrDefault(column, column.name().toLowerCase(Locale.ROOT));
    }
}
