package io.tokensync.scanner.source.sqlite;

import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

/**
 * When a page ends. A writer in delete mode waits for the end of the page, so it is bound in time too: from a cold disk a
 * few thousand rows take seconds.
 *
 * @param rows most rows of a page
 * @param nanos after which it ends, with one row at least
 * @param bytes of values after which it ends, so that long ones do not fill the memory
 */
record PageLimit(int rows, long nanos, int bytes) {
    /** What a page of usual rows is far from. */
    private static final int PAGE_BYTES = 1 << 20;
    /** Rows of one id. */
    static final PageLimit LOOKUP = new PageLimit(1_000, Long.MAX_VALUE, PAGE_BYTES);

    static PageLimit of(ReadingConfig config) {
        return new PageLimit(config.pageRows(), config.pageTime().toNanos(), PAGE_BYTES);
    }

    /** Whether a page of so many rows and bytes, begun at this reading of {@link System#nanoTime}, ends now. */
    boolean isReached(int count, int read, long begin) {
        return count >= rows || read >= bytes || System.nanoTime() - begin >= nanos;
    }
}
