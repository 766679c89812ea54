package io.tokensync.tds.types;

import java.io.IOException;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;

/**
 * TYPE_INFO: the type of a column, parameter or bulk column (MS-TDS 2.2.5.6).
 *
 * @param length the largest value in bytes; {@link #MAX} for the MAX types
 * @param precision of decimals, else 0
 * @param scale of decimals and times, else 0
 * @param collation of text, else null
 */
public record TypeInfo(DataType type, int length, int precision, int scale, Collation collation) {
    /** The length that says VARCHAR(MAX), NVARCHAR(MAX) or VARBINARY(MAX): values come in chunks. */
    public static final int MAX = 0xFFFF;

    private static final int LARGEST_SCALE = 7;
    private static final int LARGEST_PRECISION = 38;

    public static TypeInfo of(DataType type) {
        return new TypeInfo(type, type.bytes(), 0, 0, null);
    }

    public static TypeInfo sized(DataType type, int length) {
        return new TypeInfo(type, length, 0, 0, null);
    }

    public static TypeInfo scaled(DataType type, int scale) {
        return new TypeInfo(type, type.bytes(), 0, scale, null);
    }

    public static TypeInfo decimal(int precision, int scale) {
        return new TypeInfo(DataType.DECIMALN, DataType.DECIMALN.bytes(), precision, scale, null);
    }

    public static TypeInfo text(DataType type, int length, Collation collation) {
        return new TypeInfo(type, length, 0, 0, collation);
    }

    /** Whether values of this type come in chunks. */
    public boolean max() {
        return length == MAX;
    }

    public static TypeInfo read(MessageInput in) throws IOException {
        DataType type = DataType.of(in.readByte());
        return switch (type.shape()) {
            case FIXED, DATE -> of(type);
            case BYTE_LENGTH -> sized(type, in.readByte());
            case DECIMAL -> new TypeInfo(type, in.readByte(), checked(in.readByte(), LARGEST_PRECISION),
                    checked(in.readByte(), LARGEST_PRECISION), null);
            case SCALED -> scaled(type, checked(in.readByte(), LARGEST_SCALE));
            case BINARY -> sized(type, in.readShort());
            case TEXT -> text(type, in.readShort(), Collation.read(in));
        };
    }

    private static int checked(int value, int largest) throws MalformedMessageException {
        if (value > largest) {
            throw new MalformedMessageException("a precision or scale of " + value);
        }
        return value;
    }

    public void write(MessageOutput out) throws IOException {
        out.writeByte(type.token());
        switch (type.shape()) {
            case FIXED, DATE -> {
            }
            case BYTE_LENGTH -> out.writeByte(length);
            case DECIMAL -> {
                out.writeByte(length);
                out.writeByte(precision);
                out.writeByte(scale);
            }
            case SCALED -> out.writeByte(scale);
            case BINARY -> out.writeShort(length);
            case TEXT -> {
                out.writeShort(length);
                collation.write(out);
            }
        }
    }
}
