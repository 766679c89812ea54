package io.tokensync.tds.types;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** UNIQUEIDENTIFIER: the first three groups little-endian, the rest as written (MS-DTYP 2.3.4.2). */
final class Guids {
    private static final int BYTES = 16;

    private Guids() {}

    static UUID read(byte[] bytes) {
        ByteBuffer wire = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long first = wire.getInt() & 0xFFFF_FFFFL;
        long second = wire.getShort() & 0xFFFFL;
        long third = wire.getShort() & 0xFFFFL;
        return new UUID(first << 32 | second << 16 | third, wire.order(ByteOrder.BIG_ENDIAN).getLong());
    }

    static byte[] write(UUID value) {
        long high = value.getMostSignificantBits();
        ByteBuffer wire = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        wire.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        return wire.order(ByteOrder.BIG_ENDIAN).putLong(value.getLeastSignificantBits()).array();
    }
}
