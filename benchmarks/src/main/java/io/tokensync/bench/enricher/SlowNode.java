package io.tokensync.bench.enricher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.tokensync.common.time.Sleeper;

/**
 * As much of a Kubo node as the benchmark needs: answers {@code block/get} after a while, and never where it has nothing. A
 * virtual thread for each connection, and no more work than that, since it has the same processors as what is measured.
 */
final class SlowNode implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final String ID = "arg=";

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> blocks;
    private final Duration delay;

    private SlowNode(ServerSocket listener, Map<String, byte[]> blocks, Duration delay) {
        this.listener = listener;
        this.blocks = blocks;
        this.delay = delay;
    }

    /** @param blocks what it has, by id */
    static SlowNode start(Map<String, byte[]> blocks, Duration delay) throws IOException {
        SlowNode node = new SlowNode(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), blocks, delay);
        Thread.ofVirtual().start(node::accept);
        return node;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (String request = head(in); request != null; request = head(in)) {
                answer(request, out);
            }
        } catch (IOException | InterruptedException _) {
            // The client has gone.
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(String request, OutputStream out) throws IOException, InterruptedException {
        byte[] block = blocks.get(id(request));
        if (block == null) {
            new CountDownLatch(1).await();
        }
        Sleeper.system().sleep(delay);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + block.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + block.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(block, 0, whole, head.length, block.length);
        out.write(whole);
    }

    private static String id(String request) {
        int begin = request.indexOf(ID) + ID.length();
        int end = begin;
        while (end < request.length() && Character.isLetterOrDigit(request.charAt(end))) {
            end++;
        }
        return request.substring(begin, end);
    }

    /** A request's head up to the empty line; its body is empty. Null at the end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        int lineLength = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (c == '\n') {
                if (lineLength == 0) {
                    return head.toString();
                }
                lineLength = 0;
            } else if (c != '\r') {
                lineLength++;
            }
        }
        return null;
    }
}
