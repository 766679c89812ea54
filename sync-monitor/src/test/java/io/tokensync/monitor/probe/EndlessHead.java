package io.tokensync.monitor.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose answers have headers without end, for as long as the client listens. */
public final class EndlessHead implements AutoCloseable {
    private static final byte[] HEADER = ("X-More: " + "a".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    private EndlessHead(ServerSocket server) {
        this.server = server;
    }

    /** Starts it on a free port of the loopback interface. */
    public static EndlessHead start() {
        try {
            EndlessHead head = new EndlessHead(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(head::accept);
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException("no port", e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Connections so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that the client still has. */
    public int open() {
        return open.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void answer(Socket socket) {
        try (socket; OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(HEADER);
            }
        } catch (IOException _) {
            open.decrementAndGet();
        }
    }
}
