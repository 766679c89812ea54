package io.tokensync.common.receipt;

import java.util.Arrays;
import java.util.Objects;

/**
 * A set of record versions, as runs of consecutive ones. Immutable. As text {@code first+count,gap+count,…}: each run
 * begins so many versions behind the end of the one before it; a count of one is left out.
 */
public final class VersionSet {
    public static final VersionSet NONE = new VersionSet(new long[0]);

    /** Begin and end (exclusive) of each run, rising; runs do not touch. */
    private final long[] bounds;

    private VersionSet(long[] bounds) {
        this.bounds = bounds;
    }

    /** These versions; any order, duplicates count once. The array is sorted. */
    public static VersionSet of(long... versions) {
        Arrays.sort(versions);
        Runs runs = new Runs(8);
        for (long version : versions) {
            runs.add(version, version + 1);
        }
        return runs.toSet();
    }

    /** All versions from the first to before the end. */
    public static VersionSet range(long first, long end) {
        return first >= end ? NONE : new VersionSet(new long[]{first, end});
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many versions. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i];
        }
        return size;
    }

    /** The lowest version; not for an empty set. */
    public long first() {
        return bounds[0];
    }

    /** One more than the highest version; not for an empty set. */
    public long end() {
        return bounds[bounds.length - 1];
    }

    /** The versions of either. */
    public VersionSet plus(VersionSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        Runs runs = new Runs(bounds.length + other.bounds.length);
        int i = 0;
        int k = 0;
        while (i < bounds.length || k < other.bounds.length) {
            if (k == other.bounds.length || (i < bounds.length && bounds[i] <= other.bounds[k])) {
                runs.add(bounds[i], bounds[i + 1]);
                i += 2;
            } else {
                runs.add(other.bounds[k], other.bounds[k + 1]);
                k += 2;
            }
        }
        return runs.toSet();
    }

    /** The versions that are not in the other. */
    public VersionSet minus(VersionSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        Runs runs = new Runs(bounds.length + other.bounds.length);
        int k = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long begin = bounds[i];
            long end = bounds[i + 1];
            while (k < other.bounds.length && other.bounds[k + 1] <= begin) {
                k += 2;
            }
            for (int n = k; n < other.bounds.length && other.bounds[n] < end; n += 2) {
                runs.add(begin, other.bounds[n]);
                begin = Math.max(begin, other.bounds[n + 1]);
            }
            runs.add(begin, end);
        }
        return runs.toSet();
    }

    /** The versions from the first to before the end. */
    public VersionSet between(long first, long end) {
        if (isEmpty() || (first <= first() && end() <= end)) {
            return this;
        }
        Runs runs = new Runs(bounds.length);
        for (int i = 0; i < bounds.length && bounds[i] < end; i += 2) {
            runs.add(Math.max(bounds[i], first), Math.min(bounds[i + 1], end));
        }
        return runs.toSet();
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static VersionSet parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Runs runs = new Runs(16);
        long last = 0;
        for (int from = 0; from <= text.length();) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            int plus = text.indexOf('+', from);
            boolean counted = plus >= 0 && plus < to;
            long begin = last + Long.parseLong(text, from, counted ? plus : to, 10);
            last = begin + (counted ? Long.parseLong(text, plus + 1, to, 10) : 1);
            if (last <= begin || (!runs.isEmpty() && begin < runs.end())) {
                throw new IllegalArgumentException("runs of versions do not rise");
            }
            runs.add(begin, last);
            from = to + 1;
        }
        return runs.toSet();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(bounds.length * 3 + 16);
        long last = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (i > 0) {
                text.append(',');
            }
            text.append(bounds[i] - last);
            last = bounds[i + 1];
            if (last - bounds[i] > 1) {
                text.append('+').append(last - bounds[i]);
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(bounds));
    }

    /** Runs in the order of their beginnings, joined where they meet. */
    private static final class Runs {
        private long[] bounds;
        private int length;

        Runs(int capacity) {
            bounds = new long[capacity];
        }

        boolean isEmpty() {
            return length == 0;
        }

        long end() {
            return bounds[length - 1];
        }

        void add(long begin, long end) {
            if (begin >= end) {
                return;
            }
            if (length > 0 && begin <= end()) {
                bounds[length - 1] = Math.max(end(), end);
                return;
            }
            if (length + 2 > bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.max(8, bounds.length * 2));
            }
            bounds[length++] = begin;
            bounds[length++] = end;
        }

        VersionSet toSet() {
            return length == 0 ? NONE : new VersionSet(Arrays.copyOf(bounds, length));
        }
    }
}
