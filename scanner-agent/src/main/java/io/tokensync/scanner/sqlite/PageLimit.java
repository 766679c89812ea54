package io.tokensync.scanner.sqlite;

/**
 * When a page ends. A writer in delete mode waits for the end of the page, so it is bound in time too: from a cold disk a
 * few thousand rows take seconds.
 *
 * @param rows most rows of a page
 * @param nanos after which it ends, with one row at least
 */
record PageLimit(int rows, long nanos) {
    static final PageLimit NONE = new PageLimit(Integer.MAX_VALUE, Long.MAX_VALUE);

    static PageLimit of(ReadingConfig config) {
        return new PageLimit(config.pageRows(), config.pageTime().toNanos());
    }

    /** Whether a page of so many rows, begun at this reading of {@link System#nanoTime}, ends now. */
    boolean isReached(int count, long begin) {
        return count >= rows || System.nanoTime() - begin >= nanos;
    }
}
