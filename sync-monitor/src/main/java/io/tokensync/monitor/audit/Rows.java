package io.tokensync.monitor.audit;

/**
 * A page of rows.
 *
 * @param offset rows to leave out
 * @param limit most rows to return; at least 1
 */
public record Rows(long offset, int limit) {
    public Rows {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("a page must begin at 0 or later and have at least a row");
        }
    }

    public static Rows first(int limit) {
        return new Rows(0, limit);
    }
}
