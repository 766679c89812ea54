package io.tokensync.tds.wire;

import java.io.IOException;
import java.io.InputStream;

/**
 * One packet: an eight byte header and at most 32,759 bytes of a message (MS-TDS 2.2.3.1).
 *
 * @param status the bits of 2.2.3.1.2
 * @param payload the bytes after the header, never shared
 */
@SuppressWarnings("ArrayRecordComponent")
public record Packet(PacketType type, int status, byte[] payload) {
    public static final int HEADER_BYTES = 8;
    public static final int SMALLEST = 512;
    public static final int LARGEST = 32_767;

    static final int END_OF_MESSAGE = 0x01;
    private static final int IGNORE = 0x02;
    private static final int RESET = 0x08;
    private static final int RESET_KEEPING_TRANSACTION = 0x10;

    /** The last packet of its message. */
    public boolean last() {
        return (status & END_OF_MESSAGE) != 0;
    }

    /** The client gave the message up while sending it. */
    public boolean ignored() {
        return (status & IGNORE) != 0;
    }

    /** The session is to be made like new before this message is run: what a connection pool asks for. */
    public boolean resets() {
        return (status & (RESET | RESET_KEEPING_TRANSACTION)) != 0;
    }

    /** Reads the next packet, or returns null where the stream ends between two packets. */
    public static Packet read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER_BYTES) {
            throw new MalformedMessageException("the stream ended inside a packet header");
        }
        PacketType type = PacketType.of(header[0] & 0xFF);
        int length = (header[2] & 0xFF) << 8 | (header[3] & 0xFF);
        if (length < HEADER_BYTES) {
            throw new MalformedMessageException("a packet cannot be " + length + " bytes long");
        }
        byte[] payload = in.readNBytes(length - HEADER_BYTES);
        if (payload.length < length - HEADER_BYTES) {
            throw new MalformedMessageException("the stream ended inside a packet");
        }
        return new Packet(type, header[1] & 0xFF, payload);
    }
}
