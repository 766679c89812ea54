package io.tokensync.scanner.state;

/**
 * Where a published row was, and which it was; in the order in which a table scan meets rows. A row that has moved within its
 * database is under two keys until the table scan that has seen it in its new place is over.
 *
 * @param table number of its table
 * @param rowid its place in the table
 * @param tokenId its id
 */
public record PublishedKey(int table, long rowid, String tokenId) implements Comparable<PublishedKey> {
    /** Before every row. */
    public static final PublishedKey FIRST = new PublishedKey(0, Long.MIN_VALUE, "");

    /** Behind every place that a row has in a node's table. */
    private static final long ADOPTED = Long.MAX_VALUE - 0xFFFF_FFFFL;

    /**
     * Of a row that the table has and that nobody knows a place of: it stands behind all others, always in the same place, so
     * that the next table scan misses it there.
     */
    public static PublishedKey adopted(int table, String tokenId) {
        return new PublishedKey(table, ADOPTED + Integer.toUnsignedLong(tokenId.hashCode()), tokenId);
    }

    /** Whether it was made by {@link #adopted}. */
    public boolean isAdopted() {
        return rowid >= ADOPTED;
    }

    /** Negative when it comes before this place, positive when behind. */
    public int comparePlace(int otherTable, long otherRowid) {
        return table != otherTable ? Integer.compare(table, otherTable) : Long.compare(rowid, otherRowid);
    }

    @Override
    public int compareTo(PublishedKey other) {
        int order = comparePlace(other.table, other.rowid);
        return order != 0 ? order : tokenId.compareTo(other.tokenId);
    }
}
