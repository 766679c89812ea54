package io.tokensync.scanner.content;

import java.util.List;
import java.util.Optional;

import io.tokensync.ipfs.Flatfs;
import io.tokensync.scanner.report.Problem;

/** Where the blocks of one node's tokens may be found at no cost. */
public interface BlockSource {
    /** Attaches nothing. */
    BlockSource NONE = _ -> new Flatfs.Read.Absent();

    /** The block of this token, unverified, or why there is none; an id that is no CIDv0 has none. */
    Flatfs.Read find(String tokenId) throws InterruptedException;

    /** Says which tokens are asked for next, so that their blocks can be read together. */
    default void prepare(List<String> tokenIds) throws InterruptedException {}

    /** Why blocks could not be read, when some could not. */
    default Optional<Problem> problem() {
        return Optional.empty();
    }
}
