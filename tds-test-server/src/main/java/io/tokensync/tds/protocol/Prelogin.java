package io.tokensync.tds.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;

/**
 * PRELOGIN, the first message of either side: a table of options and their values (MS-TDS 2.2.6.5).
 *
 * @param encryption what the client asks for
 */
public record Prelogin(Encryption encryption) {
    private static final int VERSION = 0x00;
    private static final int ENCRYPTION = 0x01;
    private static final int INSTANCE = 0x02;
    private static final int THREAD = 0x03;
    private static final int MARS = 0x04;
    private static final int TERMINATOR = 0xFF;
    private static final int ENTRY_BYTES = 5;

    /** Reads the client's message. */
    public static Prelogin read(MessageInput in) throws IOException {
        byte[] all = in.readRemaining();
        Encryption encryption = Encryption.NOT_SUPPORTED;
        for (int at = 0; byteAt(all, at) != TERMINATOR; at += ENTRY_BYTES) {
            int offset = byteAt(all, at + 1) << 8 | byteAt(all, at + 2);
            if (byteAt(all, at) == ENCRYPTION) {
                encryption = Encryption.of(byteAt(all, offset));
            }
        }
        return new Prelogin(encryption);
    }

    private static int byteAt(byte[] bytes, int index) throws MalformedMessageException {
        if (index >= bytes.length) {
            throw new MalformedMessageException("a PRELOGIN option points outside its message");
        }
        return bytes[index] & 0xFF;
    }

    /** Writes the server's answer as one message. */
    public static void answer(MessageOutput out, Encryption encryption) throws IOException {
        List<Option> options = new ArrayList<>();
        options.add(new Option(VERSION, LoginAck.preloginVersion()));
        options.add(new Option(ENCRYPTION, new byte[]{(byte) encryption.code()}));
        options.add(new Option(INSTANCE, new byte[]{0}));
        options.add(new Option(THREAD, new byte[0]));
        options.add(new Option(MARS, new byte[]{0}));
        int offset = options.size() * ENTRY_BYTES + 1;
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Option option : options) {
            out.writeByte(option.code());
            writeBigEndian(out, offset + values.size());
            writeBigEndian(out, option.value().length);
            values.write(option.value());
        }
        out.writeByte(TERMINATOR);
        out.writeBytes(values.toByteArray());
        out.endMessage();
    }

    private static void writeBigEndian(MessageOutput out, int value) throws IOException {
        out.writeByte(value >>> 8);
        out.writeByte(value);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Option(int code, byte[] value) {}
}
