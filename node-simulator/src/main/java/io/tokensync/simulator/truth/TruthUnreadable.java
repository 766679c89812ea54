package io.tokensync.simulator.truth;

/**
 * A file that looks like a node's database and gives no rows.
 *
 * @param machine name of the machine
 * @param path below the simulation's directory, with slashes
 * @param reason {@link #NOT_A_DATABASE}, {@link #NO_TOKENS_TABLE}, {@link #EMPTY} or {@link #NOT_CONFIGURED}
 */
public record TruthUnreadable(String machine, String path, String reason) {
    public static final String NOT_A_DATABASE = "not_a_database";
    public static final String NO_TOKENS_TABLE = "no_tokens_table";
    /** A file of no bytes. */
    public static final String EMPTY = "empty";
    /** A database of another network alone, where only the main net's are read. */
    public static final String NOT_CONFIGURED = "not_configured";
}
