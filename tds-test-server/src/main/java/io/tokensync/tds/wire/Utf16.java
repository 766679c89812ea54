package io.tokensync.tds.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian UTF-16 as SQL Server treats it: a row of 16 bit numbers, lone surrogates included. */
public final class Utf16 {
    private Utf16() {}

    public static String read(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
    }

    public static byte[] write(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }
}
