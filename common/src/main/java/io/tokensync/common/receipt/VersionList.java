package io.tokensync.common.receipt;

import java.util.Arrays;

/** Gathers versions one by one. */
public final class VersionList {
    private static final int FIRST_CAPACITY = 64;

    private long[] versions = new long[FIRST_CAPACITY];
    private int count;

    public void add(long version) {
        if (count == versions.length) {
            versions = Arrays.copyOf(versions, count * 2);
        }
        versions[count++] = version;
    }

    /** How many were added, duplicates included. */
    public int count() {
        return count;
    }

    public VersionSet toSet() {
        return VersionSet.of(Arrays.copyOf(versions, count));
    }
}
