package io.tokensync.simulator.node;

/**
 * A token on a node.
 *
 * @param index the token
 * @param rank 0 on the node where it is born, 1 on the one that received it, more on those of the quorum
 * @param copied whether other nodes hold it too
 */
public record Placed(long index, int rank, boolean copied) {
    private static final int RANK_BITS = 3;
    private static final int RANK_MASK = (1 << RANK_BITS) - 1;

    /** Millions of them are kept as plain numbers. */
    long pack() {
        return (index << (RANK_BITS + 1)) | ((copied ? 1L : 0L) << RANK_BITS) | rank;
    }

    static Placed unpack(long packed) {
        return new Placed(packed >>> (RANK_BITS + 1), (int) (packed & RANK_MASK), (packed & (1 << RANK_BITS)) != 0);
    }
}
