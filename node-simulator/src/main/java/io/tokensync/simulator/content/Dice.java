package io.tokensync.simulator.content;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded randomness for one thing of the simulation. The same seed, purpose and coordinates always give the same
 * sequence, so that a token can be made again, anywhere and in any order.
 */
public final class Dice {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    private Dice(long state) {
        this.random = new SplittableRandom(state);
    }

    /** Dice for one purpose at some coordinates, such as a token index. */
    public static Dice of(long seed, String purpose, long... coordinates) {
        long state = mix(seed) ^ purpose.hashCode();
        for (long coordinate : coordinates) {
            state = mix(state + STEP + coordinate);
        }
        return new Dice(mix(state));
    }

    /** From 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From 0 to {@code bound - 1}. */
    public long below(long bound) {
        return random.nextLong(bound);
    }

    /** From {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From 0 to 1. */
    public double fraction() {
        return random.nextDouble();
    }

    /** Normally distributed around 0 with deviation 1. */
    public double gaussian() {
        return random.nextGaussian();
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
