package io.tokensync.cli.parquet;

import java.io.ByteArrayOutputStream;

/** Values one after the other in the encoding PLAIN of the format: little-endian, texts with their length before them. */
final class PlainValues {
    private static final int LOW_BITS = 0x7F;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int bitCount;

    void int64(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    /** Eight of them are a byte, the first in its lowest bit. */
    void bit(boolean value) {
        bits |= (value ? 1 : 0) << bitCount++;
        if (bitCount == Byte.SIZE) {
            endBits();
        }
    }

    /** A byte array: its length in four bytes, then itself. */
    void text(byte[] value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(value.length >>> shift);
        }
        bytes(value);
    }

    void bytes(byte[] value) {
        out.write(value, 0, value.length);
    }

    void oneByte(int value) {
        out.write(value);
    }

    /** Seven bits in a byte, the lowest first; the highest bit says that more follow. */
    void varint(int value) {
        int rest = value;
        while ((rest & ~LOW_BITS) != 0) {
            out.write((rest & LOW_BITS) | ~LOW_BITS);
            rest >>>= 7;
        }
        out.write(rest);
    }

    int size() {
        return out.size();
    }

    /** Adds all of another, which begins anew. */
    void move(PlainValues other) {
        bytes(other.toByteArray());
        other.out.reset();
    }

    byte[] toByteArray() {
        endBits();
        return out.toByteArray();
    }

    private void endBits() {
        if (bitCount > 0) {
            out.write(bits);
            bits = 0;
            bitCount = 0;
        }
    }
}
