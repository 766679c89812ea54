package io.tokensync.simulator.truth;

/**
 * What is to be found under a token id.
 *
 * @param data the fetched text; null when it cannot be had
 * @param failure why not: {@link #NOT_FOUND}, {@link #MISMATCH} or {@link #NOT_A_CID}; null when it can
 */
public record TruthContent(String data, String failure) {
    /** No repository of the simulation has the block. */
    public static final String NOT_FOUND = "not_found";
    /** The block is there, and is not the one of the id. */
    public static final String MISMATCH = "mismatch";
    /** The token id is no content id. */
    public static final String NOT_A_CID = "not_a_cid";

    public TruthContent {
        if ((data == null) == (failure == null)) {
            throw new IllegalArgumentException("either data or a failure, not " + data + " and " + failure);
        }
    }

    public static TruthContent of(String data) {
        return new TruthContent(data, null);
    }

    public static TruthContent failed(String failure) {
        return new TruthContent(null, failure);
    }
}
