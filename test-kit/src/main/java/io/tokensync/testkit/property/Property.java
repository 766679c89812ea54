package io.tokensync.testkit.property;

import java.util.SplittableRandom;

/**
 * Runs a check on random cases. Every case is made by one seed and one size; a failure names the seed, and
 * {@code -Dtokensync.seed=SEED} runs that case first, then others derived from it. Without it the seeds differ from run
 * to run.
 */
public final class Property {
    /** System property that sets the seed of the first case. */
    public static final String SEED = "tokensync.seed";

    private static final int MAX_SIZE = 100;

    private Property() {}

    /** What must hold for every case; it fails by throwing. */
    @FunctionalInterface
    public interface Check {
        void check(Gen gen) throws Exception;
    }

    /**
     * Checks that many random cases.
     *
     * @param runs how many, at least one
     * @param check draws its case from the given source and throws when the property does not hold
     * @throws AssertionError for the first case that fails, or a smaller one of the same seed; its message has the seed,
     *         its cause is what the check threw
     */
    public static void forAll(int runs, Check check) {
        long seed = Long.getLong(SEED, new SplittableRandom().nextLong());
        for (int run = 1; run <= runs; run++) {
            int size = 1 + new SplittableRandom(seed).nextInt(MAX_SIZE);
            Throwable failure = failure(seed, size, check);
            if (failure != null) {
                throw smallest(seed, size, run, runs, check, failure);
            }
            seed = new SplittableRandom(seed).split().nextLong();
        }
    }

    private static AssertionError smallest(long seed, int size, int run, int runs, Check check, Throwable failure) {
        for (int smaller = 1; smaller < size; smaller++) {
            Throwable found = failure(seed, smaller, check);
            if (found != null) {
                return report(seed, smaller, run, runs, found);
            }
        }
        return report(seed, size, run, runs, failure);
    }

    private static AssertionError report(long seed, int size, int run, int runs, Throwable failure) {
        return new AssertionError("case " + run + " of " + runs + " fails (smallest size that does: " + size
                + "); run it again with -D" + SEED + "=" + seed + ": " + failure, failure);
    }

    /** What the check throws for this case, or null. Memory errors and the like are not caught. */
    private static Throwable failure(long seed, int size, Check check) {
        try {
            check.check(new Gen(seed, size));
            return null;
        } catch (Exception | AssertionError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return e;
        }
    }
}
