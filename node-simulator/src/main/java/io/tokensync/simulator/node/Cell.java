package io.tokensync.simulator.node;

/**
 * A column of one row: what is put into the database, and what SQL must make of it.
 *
 * @param stored as JDBC gives it to SQLite; null for NULL, or for a column that the table lacks
 * @param expected what SQL must hold; null for NULL
 * @param malformed whether the row must be marked for it
 */
record Cell<T>(Object stored, T expected, boolean malformed) {
    static <T> Cell<T> absent() {
        return new Cell<>(null, null, false);
    }

    static <T> Cell<T> of(Object stored, T expected) {
        return new Cell<>(stored, expected, false);
    }

    static <T> Cell<T> malformed(Object stored, T expected) {
        return new Cell<>(stored, expected, true);
    }

    /** A text; the empty one, which the node writes for "none", counts as NULL. */
    static Cell<String> text(String text) {
        return of(text, text == null || text.isEmpty() ? null : text);
    }
}
