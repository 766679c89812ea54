package io.tokensync.cli.parquet;

import java.util.BitSet;

/**
 * Which values of a page are there, as the format has it for columns that may be null: levels 0 and 1 in its hybrid of run lengths
 * and packed bits. Equal levels are one run, others are packed, eight in a byte; the compression of the page does the rest.
 */
final class DefinitionLevels {
    private final BitSet present = new BitSet();
    private int count;

    /** Adds the level of the next value. */
    void add(boolean isPresent) {
        present.set(count++, isPresent);
    }

    /** Of how many values. */
    int count() {
        return count;
    }

    /** Writes them, with their length before them, and begins anew. */
    void moveTo(PlainValues out) {
        PlainValues levels = new PlainValues();
        int there = present.cardinality();
        if (there == 0 || there == count) {
            levels.varint(count << 1);
            levels.oneByte(there == 0 ? 0 : 1);
        } else {
            int groups = (count + Byte.SIZE - 1) / Byte.SIZE;
            levels.varint((groups << 1) | 1);
            byte[] packed = new byte[groups];
            byte[] bits = present.toByteArray();
            System.arraycopy(bits, 0, packed, 0, bits.length);
            levels.bytes(packed);
        }
        out.text(levels.toByteArray());
        present.clear();
        count = 0;
    }
}
