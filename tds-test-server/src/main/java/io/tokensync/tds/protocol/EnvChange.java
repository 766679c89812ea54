package io.tokensync.tds.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.tokensync.tds.types.Collation;
import io.tokensync.tds.wire.MessageOutput;

/**
 * ENVCHANGE: something about the session is different now (MS-TDS 2.2.7.9).
 *
 * @param type the number of the specification's table
 * @param value the new and the old value as they go on the wire
 */
@SuppressWarnings("ArrayRecordComponent")
public record EnvChange(int type, byte[] value) implements Token {
    private static final int TOKEN = 0xE3;
    private static final int DATABASE = 1;
    private static final int LANGUAGE = 2;
    private static final int PACKET_SIZE = 4;
    private static final int COLLATION = 7;
    private static final int BEGIN = 8;
    private static final int COMMIT = 9;
    private static final int ROLLBACK = 10;
    private static final int RESET = 18;
    private static final int ROUTING = 20;

    public static EnvChange database(String now, String before) {
        return texts(DATABASE, now, before);
    }

    public static EnvChange language(String now) {
        return texts(LANGUAGE, now, "");
    }

    public static EnvChange packetSize(int now, int before) {
        return texts(PACKET_SIZE, Integer.toString(now), Integer.toString(before));
    }

    public static EnvChange collation(Collation collation) {
        int info = collation.info();
        return new EnvChange(COLLATION, new byte[]{5, (byte) info, (byte) (info >>> 8), (byte) (info >>> 16),
                (byte) (info >>> 24), (byte) collation.sortId(), 0});
    }

    public static EnvChange begin(long transaction) {
        byte[] value = new byte[10];
        value[0] = Long.BYTES;
        put(value, 1, transaction);
        return new EnvChange(BEGIN, value);
    }

    public static EnvChange commit(long transaction) {
        return ended(COMMIT, transaction);
    }

    public static EnvChange rollback(long transaction) {
        return ended(ROLLBACK, transaction);
    }

    /** The session was made like new, as the client asked. */
    public static EnvChange reset() {
        return new EnvChange(RESET, new byte[]{0, 0});
    }

    /** The client is to connect there instead. */
    public static EnvChange routing(String host, int port) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        byte[] name = host.getBytes(StandardCharsets.UTF_16LE);
        writeShort(value, 1 + 2 + 2 + name.length);
        value.write(0);
        writeShort(value, port);
        writeShort(value, host.length());
        value.writeBytes(name);
        writeShort(value, 0);
        return new EnvChange(ROUTING, value.toByteArray());
    }

    private static EnvChange ended(int type, long transaction) {
        byte[] value = new byte[10];
        value[1] = Long.BYTES;
        put(value, 2, transaction);
        return new EnvChange(type, value);
    }

    private static void put(byte[] value, int from, long number) {
        for (int i = 0; i < Long.BYTES; i++) {
            value[from + i] = (byte) (number >>> (8 * i));
        }
    }

    private static EnvChange texts(int type, String now, String before) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (String text : new String[]{now, before}) {
            value.write(text.length());
            value.writeBytes(text.getBytes(StandardCharsets.UTF_16LE));
        }
        return new EnvChange(type, value.toByteArray());
    }

    private static void writeShort(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >>> 8);
    }

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeShort(1 + value.length);
        out.writeByte(type);
        out.writeBytes(value);
    }
}
