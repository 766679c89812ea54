package io.tokensync.simulator.postgres;

import java.util.List;
import java.util.Map;

import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/**
 * A row of {@code tokens} with everything that belongs to it.
 *
 * @param columns texts that PostgreSQL reads as the columns' types, by their names
 * @param history what happened to the token, in order; not empty
 * @param truth the row that SQL must hold; null when it must be rejected
 * @param rejection the rejection that must be reported, without a row's number, which PostgreSQL does not have; or null
 * @param files for the node's repository
 */
public record V1Row(Map<String, String> columns, List<V1Step> history, TruthRow truth,
        Truth.Rejection rejection, List<Token> files) {
    /** The table. */
    public static final String TABLE = "tokens";
}
