package io.tokensync.scanner.source.sqlite;

import java.time.Duration;

import io.tokensync.common.time.Sleeper;

/**
 * How large pages are, and when the next may begin, where a node waits for the end of each: it writes with a rollback
 * journal, and has no busy timeout perhaps. A page is short; but on a busy host the reading thread can lose the processor
 * in the middle of one, and the node waits until it has it again. After a page that took too long the next ones are smaller
 * and each begins only after a rest, with its time slice before it.
 */
final class PagePace {
    /** Of a page that begins after others were too long. */
    static final int FEWEST_ROWS = 50;
    /** Long enough for the scheduler to count it as a rest. */
    static final Duration REST = Duration.ofMillis(1);
    /** So many pages in a row must be short before they follow one another without a rest. */
    static final int CAREFUL_PAGES = 256;
    /** A page that took more than this part of what it may has lost the processor: with it, 500 rows take one millisecond. */
    private static final int SHARE = 5;
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final PageLimit limit;
    private final boolean writersWait;
    private final Sleeper sleeper;
    private int rows;
    private Duration rest = Duration.ZERO;
    private int careful;

    /** @param writersWait whether a writer waits for the end of a page; else every page is as large as it may be */
    PagePace(PageLimit limit, boolean writersWait, Sleeper sleeper) {
        this.limit = limit;
        this.writersWait = writersWait;
        this.sleeper = sleeper;
        this.rows = this.writersWait ? Math.min(FEWEST_ROWS, limit.rows()) : limit.rows();
    }

    /** Waits for the time of the next page, and says how large it may be. */
    PageLimit next() throws InterruptedException {
        if (rest.isPositive()) {
            sleeper.sleep(rest);
        }
        return new PageLimit(rows, limit.nanos(), limit.bytes());
    }

    /** The page has kept writers waiting for so long. */
    void took(long nanos) {
        if (!writersWait) {
            return;
        }
        if (nanos > limit.nanos() / SHARE) {
            rows = Math.max(Math.min(FEWEST_ROWS, limit.rows()), rows / 4);
            rest = Duration.ofNanos(Math.clamp(nanos, REST.toNanos(), LONGEST_REST.toNanos()));
            careful = CAREFUL_PAGES;
        } else {
            rows = Math.min(limit.rows(), rows * 2);
            rest = careful > 0 ? REST : Duration.ZERO;
            careful = Math.max(0, careful - 1);
        }
    }
}
