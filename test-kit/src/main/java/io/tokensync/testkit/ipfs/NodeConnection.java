package io.tokensync.testkit.ipfs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection of a client to the scripted node, as an answer sees it. */
public final class NodeConnection {
    private static final int MAX_HEAD = 16_384;
    private static final int CHUNK = 8_192;

    private final Socket socket;
    private final CountDownLatch nodeClosed;
    private final InputStream in;
    private final OutputStream out;

    /** @param nodeClosed ends every pause */
    NodeConnection(Socket socket, CountDownLatch nodeClosed) throws IOException {
        this.socket = socket;
        this.nodeClosed = nodeClosed;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** The request line of the next request; null when the client has closed. */
    String nextRequestLine() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD && head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return null;
            }
            head.append((char) read);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    void head(int status, String contentType, long length) throws IOException {
        text("HTTP/1.1 " + status + " As scripted\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length
                + "\r\n\r\n");
    }

    void headWithoutLength(int status) throws IOException {
        text("HTTP/1.1 " + status + " As scripted\r\nConnection: close\r\n\r\n");
    }

    void redirect(int status, URI target) throws IOException {
        text("HTTP/1.1 " + status + " As scripted\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n");
    }

    void reject(int status, String retryAfter) throws IOException {
        text("HTTP/1.1 " + status + " As scripted\r\n"
                + (retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n") + "Content-Length: 0\r\n\r\n");
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
    }

    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    void writeZeros(long length) throws IOException {
        byte[] zeros = new byte[CHUNK];
        for (long left = length; left > 0; left -= CHUNK) {
            out.write(zeros, 0, (int) Math.min(CHUNK, left));
        }
        out.flush();
    }

    /** Until the client closes. */
    void writeAgainAndAgain(byte[] bytes) throws IOException {
        while (true) {
            write(bytes);
        }
    }

    /** Byte by byte, with a pause before each, until the end or until the client closes. */
    void drip(byte[] bytes, Duration pause) throws IOException, InterruptedException {
        for (byte next : bytes) {
            pause(pause);
            write(new byte[]{next});
        }
    }

    /** Returns when the client has closed its side. */
    void waitForClientToLeave() throws IOException {
        while (in.read() >= 0) {
            // A client that sends more bytes has not left.
        }
    }

    void pause(Duration delay) throws InterruptedException {
        if (nodeClosed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the node is closed");
        }
    }

    void reset() throws IOException {
        // Closing with a linger of zero sends RST instead of FIN.
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void close() throws IOException {
        socket.close();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    private void text(String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
