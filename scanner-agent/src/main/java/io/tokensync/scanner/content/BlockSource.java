package io.tokensync.scanner.content;

import java.util.Optional;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.IpfsBlock;

/** Where the blocks of one node's tokens may be found at no cost. */
public interface BlockSource {
    /** Attaches nothing. */
    BlockSource NONE = _ -> null;

    /** The block of this id, unverified; null when it is not there, too long or not readable. */
    IpfsBlock find(Cid cid);

    /** Why blocks could not be read, when some could not. */
    default Optional<String> problem() {
        return Optional.empty();
    }
}
