package io.tokensync.scanner.content;

import java.util.Optional;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.ipfs.Flatfs;

/** Where the blocks of one node's tokens may be found at no cost. */
public interface BlockSource {
    /** Attaches nothing. */
    BlockSource NONE = _ -> new Flatfs.Read.Absent();

    /** The block of this id, unverified, or why there is none. */
    Flatfs.Read find(Cid cid);

    /** Why blocks could not be read, when some could not. */
    default Optional<String> problem() {
        return Optional.empty();
    }
}
