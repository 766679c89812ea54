package io.tokensync.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body in chunks, each with its length: a client sees whether it has got the last one. */
final class ChunkedOutput extends OutputStream {
    private static final int CHUNK = 32 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final OutputStream out;
    private final Runnable whenTaken;
    private final byte[] chunk = new byte[CHUNK];
    private int length;

    /** @param whenTaken run behind each chunk that the client has taken */
    ChunkedOutput(OutputStream out, Runnable whenTaken) {
        this.out = out;
        this.whenTaken = whenTaken;
    }

    @Override
    public void write(int value) throws IOException {
        if (length == chunk.length) {
            send();
        }
        chunk[length++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        while (at < from + count) {
            if (length == chunk.length) {
                send();
            }
            int part = Math.min(from + count - at, chunk.length - length);
            System.arraycopy(bytes, at, chunk, length, part);
            length += part;
            at += part;
        }
    }

    /** Nothing: chunks are sent when they are full. */
    @Override
    public void flush() {
        // a writer that flushes each line must not make a chunk of each
    }

    /** The end of the body. */
    void finish() throws IOException {
        if (length > 0) {
            send();
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void send() throws IOException {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(chunk, 0, length);
        out.write(LINE_END);
        out.flush();
        length = 0;
        whenTaken.run();
    }
}
