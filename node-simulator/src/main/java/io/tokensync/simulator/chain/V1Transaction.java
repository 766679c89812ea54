package io.tokensync.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

import io.tokensync.ipfs.HashFunction;
import io.tokensync.simulator.truth.TruthRow;

/**
 * A row of {@code transactions}.
 *
 * @param id SHA3-256 of the information, in hex
 * @param info JSON as the node writes it; null when the table does not have the transaction
 * @param signature JSON
 * @param when when it was
 * @param truth what must be found out about it
 */
public record V1Transaction(String id, String info, String signature, Instant when, TruthRow.Transaction truth) {
    /** The id of a transaction that says this. */
    public static String id(String info) {
        return HexFormat.of().formatHex(digest(info));
    }

    static byte[] digest(String info) {
        return HashFunction.SHA3_256.digest(info.getBytes(StandardCharsets.UTF_8));
    }
}
