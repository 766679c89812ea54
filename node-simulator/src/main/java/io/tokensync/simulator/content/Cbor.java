package io.tokensync.simulator.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the little of CBOR (RFC 8949) that RAC blocks need: maps with text keys, text, bytes, integers and doubles. */
final class Cbor {
    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int MAP = 5;
    private static final int DOUBLE = 0xFB;

    private static final int IN_PLACE = 24;
    private static final int ONE_BYTE = 24;
    private static final int TWO_BYTES = 25;
    private static final int FOUR_BYTES = 26;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private Cbor() {}

    /**
     * The map in its own order.
     *
     * @throws IllegalArgumentException for a value of another type
     */
    static byte[] write(Map<String, ?> map) {
        Cbor cbor = new Cbor();
        cbor.value(map);
        return cbor.out.toByteArray();
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map -> map(map);
            case String text -> string(TEXT, text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> string(BYTES, bytes);
            case Integer number when number >= 0 -> head(UNSIGNED, number);
            case Double number -> number(number);
            default -> throw new IllegalArgumentException("no CBOR for " + value);
        }
    }

    private void map(Map<?, ?> map) {
        head(MAP, map.size());
        map.forEach((key, value) -> {
            value(key);
            value(value);
        });
    }

    private void string(int major, byte[] bytes) {
        head(major, bytes.length);
        out.writeBytes(bytes);
    }

    private void number(double value) {
        out.write(DOUBLE);
        bigEndian(Double.doubleToLongBits(value), Long.BYTES);
    }

    private void head(int major, int argument) {
        int type = major << 5;
        if (argument < IN_PLACE) {
            out.write(type | argument);
        } else if (argument < 1 << 8) {
            out.write(type | ONE_BYTE);
            bigEndian(argument, 1);
        } else if (argument < 1 << 16) {
            out.write(type | TWO_BYTES);
            bigEndian(argument, 2);
        } else {
            out.write(type | FOUR_BYTES);
            bigEndian(argument, Integer.BYTES);
        }
    }

    private void bigEndian(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }
}
