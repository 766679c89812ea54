package io.tokensync.ipfs;

/**
 * Walks the fields of a protobuf message in a byte array. Every step checks its bounds; after the first malformed one
 * {@link #next} says no and {@link #malformed} says why.
 */
final class ProtoReader {
    static final int VARINT = 0;
    static final int BYTES = 2;
    private static final int FIXED_64 = 1;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT = 10;

    private final byte[] source;
    private final int end;
    private int at;
    private int field;
    private int wireType;
    private long number;
    private int from;
    private int to;
    private String malformed;

    ProtoReader(byte[] source, int from, int to) {
        this.source = source;
        this.at = from;
        this.end = to;
    }

    /** Moves to the next field; false at the end and at the first malformed one. */
    boolean next() {
        if (malformed != null || at == end) {
            return false;
        }
        long tag = varint();
        if (malformed == null && (tag >>> 3 == 0 || tag >>> 3 > Integer.MAX_VALUE)) {
            malformed = "field number " + (tag >>> 3);
        }
        if (malformed != null) {
            return false;
        }
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        readValue();
        return malformed == null;
    }

    int field() {
        return field;
    }

    boolean is(int wantedField, int wantedType) {
        return field == wantedField && wireType == wantedType;
    }

    /** Value of a {@link #VARINT}. */
    long number() {
        return number;
    }

    /** Where {@link #BYTES} start. */
    int from() {
        return from;
    }

    /** Where {@link #BYTES} end. */
    int to() {
        return to;
    }

    /** What is wrong with the message, or null. */
    String malformed() {
        return malformed;
    }

    /** The numbers of a packed field, one behind the other; it ends at the first malformed one. */
    static final class Packed {
        private final ProtoReader numbers;
        private long number;

        Packed(byte[] source, int from, int to) {
            this.numbers = new ProtoReader(source, from, to);
        }

        boolean next() {
            if (numbers.at == numbers.end) {
                return false;
            }
            number = numbers.varint();
            return numbers.malformed == null;
        }

        long number() {
            return number;
        }
    }

    private void readValue() {
        switch (wireType) {
            case VARINT -> number = varint();
            case BYTES -> skip(varint());
            case FIXED_64 -> skip(Long.BYTES);
            case FIXED_32 -> skip(Integer.BYTES);
            default -> malformed = "wire type " + wireType;
        }
    }

    private void skip(long length) {
        if (malformed != null) {
            return;
        }
        if (length < 0 || length > end - at) {
            malformed = "a field of " + Long.toUnsignedString(length) + " bytes where " + (end - at) + " are left";
            return;
        }
        from = at;
        at += (int) length;
        to = at;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT && at < end; i++) {
            byte b = source[at++];
            value |= (long) (b & 0x7F) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        malformed = at == end ? "ends inside a number" : "a number of more than " + MAX_VARINT + " bytes";
        return 0;
    }
}
