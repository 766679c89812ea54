package io.tokensync.simulator.node;

import java.util.List;

import io.tokensync.common.model.TokenKind;

import static io.tokensync.simulator.node.SchemaGeneration.G0;
import static io.tokensync.simulator.node.SchemaGeneration.G1;
import static io.tokensync.simulator.node.SchemaGeneration.G2;
import static io.tokensync.simulator.node.SchemaGeneration.G3;
import static io.tokensync.simulator.node.SchemaGeneration.G4;

/** The tables of {@code rubix.db} that hold tokens, with names and declared types as the node's gorm makes them. */
@SuppressWarnings("ImmutableEnumChecker") // List.of() of records of constants
public enum TokenTable {
    RBT("TokensTable", G0, G4, column("token_id", "text", Field.ID, G0),
            column("parent_token_id", "text", Field.PARENT, G0), column("token_value", "real", Field.VALUE, G0),
            column("did", "text", Field.DID, G0), column("token_status", "integer", Field.STATUS, G0),
            column("token_state_hash", "text", Field.STATE_HASH, G1),
            column("transaction_id", "text", Field.TRANSACTION, G1), column("added", "numeric", Field.FLAG, G2),
            column("sync_status", "integer", Field.FLAG, G3), column("created_at", "datetime", Field.CREATED, G4),
            column("updated_at", "datetime", Field.UPDATED, G4)),

    FT("FTTokenTable", G1, G4, column("token_id", "text", Field.ID, G1),
            column("ft_name", "text", Field.FIRST_DETAIL, G1), column("owner_did", "text", Field.DID, G1),
            column("creator_did", "text", Field.SECOND_DETAIL, G1), column("token_status", "integer", Field.STATUS, G1),
            column("token_value", "real", Field.VALUE, G1), column("token_state_hash", "text", Field.STATE_HASH, G1),
            column("transaction_id", "text", Field.TRANSACTION, G1),
            column("rbt_lock_status", "integer", Field.FLAG, G4), column("created_at", "datetime", Field.CREATED, G4),
            column("updated_at", "datetime", Field.UPDATED, G4)),

    NFT("NFTTokensTable", G0, G4, column("token_id", "text", Field.ID, G0), column("did", "text", Field.DID, G0),
            column("token_status", "integer", Field.STATUS, G0), column("token_value", "real", Field.VALUE, G0)),

    CONTRACT("smartcontract", G0, G4, column("smart_contract_hash", "text", Field.ID, G0),
            column("deployer", "text", Field.DID, G0), column("binary_code_hash", "text", Field.FIRST_DETAIL, G0),
            column("raw_code_hash", "text", Field.SECOND_DETAIL, G0),
            column("schema_code_hash", "text", Field.THIRD_DETAIL, G0),
            column("contract_status", "integer", Field.STATUS, G0)),

    /** The newest nodes do not make it any more; one that was upgraded keeps it. */
    DATA("DataTokensTable", G0, G3, column("token_id", "text", Field.ID, G0), column("did", "text", Field.DID, G0),
            column("commiter_did", "text", Field.FIRST_DETAIL, G0),
            column("batch_id", "text", Field.SECOND_DETAIL, G0), column("token_status", "integer", Field.STATUS, G0));

    private final String sqlName;
    private final SchemaGeneration first;
    private final SchemaGeneration last;
    private final List<Column> columns;

    /** A column: name, declared type, meaning, and the generation that brought it. */
    public record Column(String name, String type, Field field, SchemaGeneration since) {}

    TokenTable(String sqlName, SchemaGeneration first, SchemaGeneration last, Column... columns) {
        this.sqlName = sqlName;
        this.first = first;
        this.last = last;
        this.columns = List.of(columns);
    }

    /** The table that holds tokens of this kind. */
    public static TokenTable of(TokenKind kind) {
        return switch (kind) {
            case WHOLE, PART -> RBT;
            case FT -> FT;
            case NFT -> NFT;
            case CONTRACT -> CONTRACT;
            case DATA -> DATA;
        };
    }

    /** The table with this name in the database. */
    public static TokenTable named(String sqlName) {
        for (TokenTable table : values()) {
            if (table.sqlName.equals(sqlName)) {
                return table;
            }
        }
        throw new IllegalArgumentException("no token table " + sqlName);
    }

    public String sqlName() {
        return sqlName;
    }

    /** Whether a node of this generation makes the table at its first start. */
    public boolean isMadeBy(SchemaGeneration generation) {
        return generation.atLeast(first) && last.atLeast(generation);
    }

    /** The columns of a generation, in the order of the database. */
    public List<Column> columns(SchemaGeneration generation) {
        return columns.stream().filter(c -> generation.atLeast(c.since)).toList();
    }

    public boolean has(Field field, SchemaGeneration generation) {
        return columns.stream().anyMatch(c -> c.field == field && generation.atLeast(c.since));
    }

    /** Name of the column with this meaning; the first one when there are several. */
    public String column(Field field) {
        return columns.stream().filter(c -> c.field == field).findFirst().orElseThrow().name();
    }

    private static Column column(String name, String type, Field field, SchemaGeneration since) {
        return new Column(name, type, field, since);
    }
}
