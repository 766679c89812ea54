package io.tokensync.tds.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Writes one answer after another as packets of the negotiated size: little-endian numbers and counted strings. */
public final class MessageOutput {
    private final OutputStream out;
    private byte[] buffer = new byte[4096];
    private int filled = Packet.HEADER_BYTES;
    private int packetNumber = 1;
    private boolean cutAtEnd;

    public MessageOutput(OutputStream out) {
        this.out = out;
    }

    /** Changes the packet size; only between two messages. */
    public void packetSize(int size) {
        buffer = new byte[size];
        filled = Packet.HEADER_BYTES;
    }

    /** From now on the end of the answer is never sent: half of its last packet goes out, then {@link CutException}. */
    public void cutAtEnd() {
        cutAtEnd = true;
    }

    public void writeByte(int value) throws IOException {
        if (filled == buffer.length) {
            sendPacket(0, filled);
        }
        buffer[filled++] = (byte) value;
    }

    public void writeShort(int value) throws IOException {
        writeByte(value);
        writeByte(value >>> 8);
    }

    public void writeInt(int value) throws IOException {
        writeShort(value);
        writeShort(value >>> 16);
    }

    public void writeLong(long value) throws IOException {
        writeNumber(value, Long.BYTES);
    }

    /** Writes the low bytes of a number, little-endian. */
    public void writeNumber(long value, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            writeByte((int) (value >>> (8 * i)));
        }
    }

    public void writeBytes(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            if (filled == buffer.length) {
                sendPacket(0, filled);
            }
            int count = Math.min(bytes.length - from, buffer.length - filled);
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
        }
    }

    /** B_VARCHAR: a byte counts the characters. */
    public void writeShortText(String text) throws IOException {
        writeByte(text.length());
        writeText(text);
    }

    /** US_VARCHAR: two bytes count the characters. */
    public void writeLongText(String text) throws IOException {
        writeShort(text.length());
        writeText(text);
    }

    private void writeText(String text) throws IOException {
        writeBytes(Utf16.write(text));
    }

    /** Sends what is left with the end-of-message bit and makes ready for the next message. */
    public void endMessage() throws IOException {
        if (cutAtEnd) {
            out.write(buffer, 0, header(Packet.END_OF_MESSAGE, filled) / 2);
            out.flush();
            throw new CutException("the answer was cut by the fault script");
        }
        sendPacket(Packet.END_OF_MESSAGE, filled);
        out.flush();
        packetNumber = 1;
    }

    private void sendPacket(int status, int length) throws IOException {
        header(status, length);
        out.write(buffer, 0, length);
        filled = Packet.HEADER_BYTES;
    }

    private int header(int status, int length) {
        buffer[0] = (byte) PacketType.RESPONSE.code();
        buffer[1] = (byte) status;
        buffer[2] = (byte) (length >>> 8);
        buffer[3] = (byte) length;
        buffer[4] = 0;
        buffer[5] = 0;
        buffer[6] = (byte) packetNumber++;
        buffer[7] = 0;
        return length;
    }
}
