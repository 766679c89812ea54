package io.tokensync.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Source of one random case: the same seed and size draw the same values in the same order. Not thread-safe. */
public final class Gen {
    private static final int PERCENT = 100;

    private final SplittableRandom random;
    private final int size;

    /**
     * The case of a seed; those of a property are made by {@link Property}.
     *
     * @param seed of all that is drawn
     * @param size from 1 to 100
     */
    public Gen(long seed, int size) {
        this.random = new SplittableRandom(seed);
        this.size = size;
    }

    /** How large the case should be, 1 to 100; lists follow it by themselves. */
    public int size() {
        return size;
    }

    /** A number from {@code low} to {@code high}, both included. */
    public int integer(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public long number(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    /** Any number, the extremes no rarer than others. */
    public long number() {
        return random.nextLong();
    }

    public boolean flag() {
        return random.nextBoolean();
    }

    /** True in that many cases of a hundred. */
    public boolean percent(int chance) {
        return random.nextInt(PERCENT) < chance;
    }

    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The value, or null in one case of five. */
    public <T> T orNull(Supplier<T> value) {
        return percent(20) ? null : value.get();
    }

    /** Between one and {@code max} values, fewer for a small case. */
    public <T> List<T> list(int max, Function<Gen, T> value) {
        int length = integer(1, Math.max(1, max * size / PERCENT));
        List<T> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(value.apply(this));
        }
        return values;
    }

    /** A text of up to {@code max} characters of the alphabet; possibly empty. */
    public String text(String alphabet, int max) {
        StringBuilder text = new StringBuilder();
        for (int i = integer(0, max); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** The same elements in a random order, in a new list. */
    public <T> List<T> shuffled(List<? extends T> values) {
        List<T> order = new ArrayList<>(values);
        for (int i = order.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = order.get(i);
            order.set(i, order.get(other));
            order.set(other, moved);
        }
        return order;
    }

    /** The list cut at random places into one or more parts, none of them empty. */
    public <T> List<List<T>> cut(List<T> values) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < values.size();) {
            int to = integer(from + 1, values.size());
            parts.add(values.subList(from, to));
            from = to;
        }
        return parts;
    }
}
