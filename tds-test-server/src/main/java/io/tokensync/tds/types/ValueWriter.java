package io.tokensync.tds.types;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

import io.tokensync.tds.wire.MessageOutput;
import io.tokensync.tds.wire.Utf16;

/** Writes TYPE_VARBYTE, a value of a known type; the counterpart of {@link ValueReader}, with the same Java types. */
public final class ValueWriter {
    private static final int NULL_LENGTH = 0xFFFF;
    private static final long NULL_CHUNKS = -1L;
    private static final int CHUNK = 32_000;
    private static final int DATE_BYTES = 3;
    private static final int SMALL = 4;

    private ValueWriter() {}

    public static void write(TypeInfo info, Object value, MessageOutput out) throws IOException {
        switch (info.type().shape()) {
            case BINARY -> bytes(info, (byte[]) value, out);
            case TEXT -> bytes(info, encoded(info, (String) value), out);
            case FIXED -> fixed(info, value, info.type().bytes(), out);
            case BYTE_LENGTH, DECIMAL, DATE, SCALED -> {
                int length = value == null ? 0 : length(info);
                out.writeByte(length);
                if (length > 0) {
                    fixed(info, value, length, out);
                }
            }
        }
    }

    private static byte[] encoded(TypeInfo info, String text) {
        if (text == null) {
            return null;
        }
        return info.type().unicode() ? Utf16.write(text) : text.getBytes(info.collation().charset());
    }

    private static void bytes(TypeInfo info, byte[] bytes, MessageOutput out) throws IOException {
        if (info.max()) {
            chunks(bytes, out);
        } else if (bytes == null) {
            out.writeShort(NULL_LENGTH);
        } else {
            out.writeShort(bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static void chunks(byte[] bytes, MessageOutput out) throws IOException {
        if (bytes == null) {
            out.writeLong(NULL_CHUNKS);
            return;
        }
        out.writeLong(bytes.length);
        for (int from = 0; from < bytes.length; from += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK));
            out.writeInt(chunk.length);
            out.writeBytes(chunk);
        }
        out.writeInt(0);
    }

    private static int length(TypeInfo info) {
        return switch (info.type()) {
            case TIMEN -> Times.bytes(info.scale());
            case DATETIME2N -> Times.bytes(info.scale()) + DATE_BYTES;
            case DATETIMEOFFSETN -> Times.bytes(info.scale()) + DATE_BYTES + 2;
            default -> info.length();
        };
    }

    private static void fixed(TypeInfo info, Object value, int length, MessageOutput out) throws IOException {
        switch (info.type()) {
            case INT1, INT2, INT4, INT8, INTN -> out.writeNumber(((Number) value).longValue(), length);
            case BIT, BITN -> out.writeByte((Boolean) value ? 1 : 0);
            case FLOAT4, FLOAT8, FLOATN -> out.writeNumber(real((Number) value, length), length);
            case MONEY4, MONEY8, MONEYN -> money((BigDecimal) value, length, out);
            case DECIMALN, NUMERICN -> decimal(info, (BigDecimal) value, out);
            case GUID -> out.writeBytes(Guids.write((UUID) value));
            case SMALL_DATETIME, DATETIME8, DATETIMEN -> datetime((LocalDateTime) value, length, out);
            case DATEN -> out.writeNumber(Times.days((LocalDate) value), DATE_BYTES);
            case TIMEN -> time((LocalTime) value, info.scale(), out);
            case DATETIME2N -> datetime2((LocalDateTime) value, info.scale(), out);
            case DATETIMEOFFSETN -> datetimeoffset((OffsetDateTime) value, info.scale(), out);
            case VARBINARY, VARCHAR, BINARY, CHAR, NVARCHAR, NCHAR -> throw new IllegalStateException(info.toString());
        }
    }

    private static long real(Number value, int length) {
        return length == SMALL
                ? Float.floatToIntBits(value.floatValue())
                : Double.doubleToLongBits(value.doubleValue());
    }

    private static void money(BigDecimal value, int length, MessageOutput out) throws IOException {
        long amount = value.movePointRight(4).setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (length > SMALL) {
            out.writeInt((int) (amount >>> 32));
        }
        out.writeInt((int) amount);
    }

    private static void decimal(TypeInfo info, BigDecimal value, MessageOutput out) throws IOException {
        BigInteger unscaled = value.setScale(info.scale(), RoundingMode.HALF_UP).unscaledValue();
        out.writeByte(unscaled.signum() < 0 ? 0 : 1);
        byte[] magnitude = unscaled.abs().toByteArray();
        for (int i = 0; i < info.length() - 1; i++) {
            int from = magnitude.length - 1 - i;
            out.writeByte(from >= 0 ? magnitude[from] : 0);
        }
    }

    private static void datetime(LocalDateTime value, int length, MessageOutput out) throws IOException {
        if (length == SMALL) {
            out.writeShort((int) Times.oldDays(value.toLocalDate()));
            out.writeShort(value.getHour() * 60 + value.getMinute());
        } else {
            out.writeInt((int) Times.oldDays(value.toLocalDate()));
            out.writeInt((int) Times.ticks(value.toLocalTime()));
        }
    }

    private static void time(LocalTime value, int scale, MessageOutput out) throws IOException {
        out.writeNumber(value.toNanoOfDay() / Times.unit(scale), Times.bytes(scale));
    }

    private static void datetime2(LocalDateTime value, int scale, MessageOutput out) throws IOException {
        time(value.toLocalTime(), scale, out);
        out.writeNumber(Times.days(value.toLocalDate()), DATE_BYTES);
    }

    private static void datetimeoffset(OffsetDateTime value, int scale, MessageOutput out) throws IOException {
        datetime2(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), scale, out);
        out.writeShort(value.getOffset().getTotalSeconds() / 60);
    }
}
