package io.tokensync.scanner.source;

/**
 * The place of a row in a table of PostgreSQL, its {@code ctid}, as one number that keeps the order: the block in the upper
 * 48 bits, the tuple within it in the lower 16.
 */
public final class TuplePlace {
    private static final int OFFSET_BITS = 16;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int DECIMAL = 10;

    private TuplePlace() {}

    /** The place behind all of the blocks before this one. */
    public static long ofBlock(long block) {
        return block << OFFSET_BITS;
    }

    /** Reads the text of a {@code ctid}: {@code (block,offset)}. */
    public static long parse(String text) {
        long block = 0;
        int at = 1;
        for (; text.charAt(at) != ','; at++) {
            block = block * DECIMAL + text.charAt(at) - '0';
        }
        int offset = 0;
        for (at++; text.charAt(at) != ')'; at++) {
            offset = offset * DECIMAL + text.charAt(at) - '0';
        }
        return ofBlock(block) | offset;
    }

    /** The block of a place. */
    public static long block(long place) {
        return place >>> OFFSET_BITS;
    }

    /** The text of the {@code ctid}. */
    public static String text(long place) {
        return "(" + block(place) + "," + (place & OFFSET_MASK) + ")";
    }
}
