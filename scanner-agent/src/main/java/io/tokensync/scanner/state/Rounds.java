package io.tokensync.scanner.state;

/**
 * How repairing goes on: verify, publish what differs, verify again. It ends when nothing differs, when a round has found
 * nothing to do, and when several in a row have left as many buckets different as there were.
 *
 * @param done how many rounds there were
 * @param inVain how many of them at last did not help
 * @param buckets fewest buckets that differed
 */
public record Rounds(int done, int inVain, int buckets) {
    /** None yet. */
    public static final Rounds NONE = new Rounds(0, 0, Integer.MAX_VALUE);
    private static final int MOST_IN_VAIN = 3;
    private static final int MOST = 100;

    /** When so many buckets were found to differ. */
    public Rounds next(int differing) {
        return new Rounds(done + 1, differing < buckets ? 0 : inVain + 1, Math.min(buckets, differing));
    }

    /** When a round found nothing that it could do. */
    public Rounds helpless() {
        return new Rounds(done, MOST_IN_VAIN, buckets);
    }

    /** Whether another one is worth it; if not, the node's next turn is. */
    public boolean goOn() {
        return inVain < MOST_IN_VAIN && done < MOST;
    }
}
