package io.tokensync.tds.wire;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of one message, read across its packets: little-endian numbers and counted strings (MS-TDS 2.2.5). */
public final class MessageInput {
    /** No single value may be larger: a length field of a broken client must not reserve memory. */
    private static final int LARGEST_VALUE = 64 * 1024 * 1024;
    private static final int GROWTH = 64 * 1024;

    private final PacketSource source;
    private Packet packet;
    private int position;
    private long mayArrive = Long.MAX_VALUE;

    public MessageInput(Packet first, PacketSource source) {
        this.packet = first;
        this.source = source;
    }

    /** Rejects a message that goes on for more than so many bytes; for messages that are kept whole in memory. */
    public MessageInput limitedTo(long bytes) {
        mayArrive = bytes;
        return this;
    }

    public PacketType type() {
        return packet.type();
    }

    /** Whether every byte of the message has been read. */
    public boolean atEnd() throws IOException {
        while (position == packet.payload().length) {
            if (packet.last()) {
                return true;
            }
            advance();
        }
        return false;
    }

    /** Reads what is left of the message and throws it away. */
    public void skipRest() throws IOException {
        position = packet.payload().length;
        while (!packet.last()) {
            advance();
            position = packet.payload().length;
        }
    }

    /** Whether the client gave this message up; known once it has been read to its end. */
    public boolean ignored() {
        return packet.ignored();
    }

    private void advance() throws IOException {
        Packet next = source.next();
        if (next == null) {
            throw new MalformedMessageException("the connection ended inside a message");
        }
        if (next.type() != packet.type()) {
            throw new MalformedMessageException("a " + next.type() + " packet inside a " + packet.type() + " message");
        }
        mayArrive -= next.payload().length;
        if (mayArrive < 0) {
            throw new MalformedMessageException("the message is too long");
        }
        packet = next;
        position = 0;
    }

    public int readByte() throws IOException {
        if (position == packet.payload().length && atEnd()) {
            throw endedEarly("the message ended too early");
        }
        return packet.payload()[position++] & 0xFF;
    }

    private IOException endedEarly(String how) {
        return ignored() ? new IgnoredMessageException() : new MalformedMessageException(how);
    }

    public int readShort() throws IOException {
        return readByte() | readByte() << 8;
    }

    public int readInt() throws IOException {
        return readShort() | readShort() << 16;
    }

    public long readUnsignedInt() throws IOException {
        return readInt() & 0xFFFF_FFFFL;
    }

    public long readLong() throws IOException {
        return readUnsignedInt() | readUnsignedInt() << 32;
    }

    /** Reads a little-endian number of one to eight bytes, unsigned where shorter than eight. */
    public long readNumber(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) readByte() << (8 * i);
        }
        return value;
    }

    /** Reads exactly this many bytes; memory grows with what arrives, not with what was announced. */
    public byte[] readBytes(long length) throws IOException {
        if (length < 0 || length > LARGEST_VALUE) {
            throw new MalformedMessageException("a value of " + length + " bytes is rejected");
        }
        int wanted = (int) length;
        byte[] bytes = new byte[Math.min(wanted, GROWTH)];
        int filled = 0;
        while (filled < wanted) {
            if (atEnd()) {
                throw endedEarly("the message ended inside a value of " + length + " bytes");
            }
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, bytes.length * 2L));
            }
            int count = Math.min(bytes.length - filled, packet.payload().length - position);
            System.arraycopy(packet.payload(), position, bytes, filled, count);
            position += count;
            filled += count;
        }
        return bytes;
    }

    public void skip(long length) throws IOException {
        for (long i = 0; i < length; i++) {
            readByte();
        }
    }

    /** Reads this many UTF-16 characters. */
    public String readText(int characters) throws IOException {
        return Utf16.read(readBytes(2L * characters));
    }

    /** B_VARCHAR: a byte counts the characters. */
    public String readShortText() throws IOException {
        return readText(readByte());
    }

    /** The rest of the message as UTF-16 text. */
    public String readRemainingText() throws IOException {
        return Utf16.read(readRemaining());
    }

    /** The rest of the message. */
    public byte[] readRemaining() throws IOException {
        byte[] bytes = new byte[0];
        while (!atEnd()) {
            int count = packet.payload().length - position;
            if (bytes.length + count > LARGEST_VALUE) {
                throw new MalformedMessageException("a message of more than " + LARGEST_VALUE + " bytes is rejected");
            }
            int filled = bytes.length;
            bytes = Arrays.copyOf(bytes, filled + count);
            System.arraycopy(packet.payload(), position, bytes, filled, count);
            position += count;
        }
        return bytes;
    }
}
