package io.tokensync.tds.types;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.Utf16;

/**
 * Reads TYPE_VARBYTE, a value of a known type (MS-TDS 2.2.5.2.3 and 2.2.5.5).
 *
 * <p>Values are Long, Boolean, Double, Float, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime,
 * OffsetDateTime, UUID or null.
 */
public final class ValueReader {
    private static final int NULL_LENGTH = 0xFFFF;
    private static final long NULL_CHUNKS = -1L;
    private static final int LARGEST_CHUNKED = 64 * 1024 * 1024;
    private static final int MONEY_SCALE = 4;

    private ValueReader() {}

    public static Object read(TypeInfo info, MessageInput in) throws IOException {
        return switch (info.type().shape()) {
            case FIXED -> fixed(info, in.readBytes(info.type().bytes()));
            case BYTE_LENGTH, DECIMAL, DATE, SCALED -> {
                int length = in.readByte();
                yield length == 0 ? null : fixed(info, in.readBytes(length));
            }
            case BINARY -> bytes(info, in);
            case TEXT -> text(info, bytes(info, in));
        };
    }

    private static byte[] bytes(TypeInfo info, MessageInput in) throws IOException {
        if (info.max()) {
            return chunks(in);
        }
        int length = in.readShort();
        return length == NULL_LENGTH ? null : in.readBytes(length);
    }

    /** Partially length-prefixed bytes: a total that may be unknown, then chunks up to an empty one. */
    private static byte[] chunks(MessageInput in) throws IOException {
        if (in.readLong() == NULL_CHUNKS) {
            return null;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long length = in.readUnsignedInt(); length != 0; length = in.readUnsignedInt()) {
            if (all.size() + length > LARGEST_CHUNKED) {
                throw new MalformedMessageException("a value of more than " + LARGEST_CHUNKED + " bytes is rejected");
            }
            all.writeBytes(in.readBytes(length));
        }
        return all.toByteArray();
    }

    private static String text(TypeInfo info, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        return info.type().unicode() ? Utf16.read(bytes) : new String(bytes, info.collation().charset());
    }

    private static Object fixed(TypeInfo info, byte[] bytes) throws IOException {
        return switch (info.type()) {
            case INT1, INT2, INT4, INT8, INTN -> integer(bytes);
            case BIT, BITN -> bytes[0] != 0;
            case FLOAT4, FLOAT8, FLOATN -> real(bytes);
            case MONEY4, MONEY8, MONEYN -> BigDecimal.valueOf(money(bytes), MONEY_SCALE);
            case DECIMALN, NUMERICN -> decimal(bytes, info.scale());
            case GUID -> Guids.read(exactly(bytes, info.type().bytes()));
            case SMALL_DATETIME, DATETIME8, DATETIMEN -> Times.datetime(bytes);
            case DATEN -> Times.date(exactly(bytes, info.type().bytes()), 0);
            case TIMEN -> Times.time(exactly(bytes, Times.bytes(info.scale())), info.scale());
            case DATETIME2N -> Times.datetime2(exactly(bytes, Times.bytes(info.scale()) + 3), info.scale());
            case DATETIMEOFFSETN -> Times.datetimeoffset(exactly(bytes, Times.bytes(info.scale()) + 5), info.scale());
            case VARBINARY, VARCHAR, BINARY, CHAR, NVARCHAR, NCHAR -> throw new IllegalStateException(info.toString());
        };
    }

    private static byte[] exactly(byte[] bytes, int length) throws MalformedMessageException {
        if (bytes.length != length) {
            throw new MalformedMessageException("a value of " + bytes.length + " bytes where " + length + " belong");
        }
        return bytes;
    }

    private static long integer(byte[] bytes) throws MalformedMessageException {
        long value = Times.littleEndian(bytes, 0, bytes.length);
        return switch (bytes.length) {
            case 1 -> value;
            case 2 -> (short) value;
            case 4 -> (int) value;
            case 8 -> value;
            default -> throw new MalformedMessageException("an integer of " + bytes.length + " bytes");
        };
    }

    private static Object real(byte[] bytes) throws MalformedMessageException {
        long bits = Times.littleEndian(bytes, 0, bytes.length);
        return switch (bytes.length) {
            case 4 -> Float.intBitsToFloat((int) bits);
            case 8 -> Double.longBitsToDouble(bits);
            default -> throw new MalformedMessageException("a floating point number of " + bytes.length + " bytes");
        };
    }

    /** The high half of an eight byte amount comes first. */
    private static long money(byte[] bytes) throws MalformedMessageException {
        return switch (bytes.length) {
            case 4 -> (int) Times.littleEndian(bytes, 0, 4);
            case 8 -> Times.littleEndian(bytes, 0, 4) << 32 | Times.littleEndian(bytes, 4, 4);
            default -> throw new MalformedMessageException("an amount of " + bytes.length + " bytes");
        };
    }

    private static BigDecimal decimal(byte[] bytes, int scale) {
        byte[] magnitude = new byte[bytes.length - 1];
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = bytes[bytes.length - 1 - i];
        }
        return new BigDecimal(new BigInteger(bytes[0] == 0 ? -1 : 1, magnitude), scale);
    }
}
