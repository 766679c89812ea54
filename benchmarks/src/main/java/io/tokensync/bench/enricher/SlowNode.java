package io.tokensync.bench.enricher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * As much of a Kubo node as the benchmark needs: answers {@code block/get} after a while, and never where it has nothing. One
 * thread for all connections, and no more work than that, since it has the same processors as what is measured.
 */
final class SlowNode implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int LONGEST_HEAD = 1_024;
    /** A selector waits for whole milliseconds: an answer may go half of one too early, so that it is not late on average. */
    private static final long HALF_TICK = TimeUnit.MICROSECONDS.toNanos(500);
    private static final String ID = "arg=";
    private static final String END = "\r\n\r\n";

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Map<String, byte[]> blocks;
    private final Duration delay;
    private long answers;
    private long nanos;
    /** In the order in which they are due, since all wait equally long. */
    private final ArrayDeque<Answer> due = new ArrayDeque<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("slow-node").unstarted(this::serve);

    /** What is sent, and when, in nanoseconds of the JVM's clock. */
    private record Answer(SocketChannel to, ByteBuffer bytes, long asked, long nanos) {}

    private SlowNode(ServerSocketChannel listener, Selector selector, Map<String, byte[]> blocks, Duration delay) {
        this.listener = listener;
        this.selector = selector;
        this.blocks = blocks;
        this.delay = delay;
    }

    /** @param blocks what it has, by id */
    static SlowNode start(Map<String, byte[]> blocks, Duration delay) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        SlowNode node = new SlowNode(listener, Selector.open(), blocks, delay);
        listener.register(node.selector, SelectionKey.OP_ACCEPT);
        node.thread.start();
        return node;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    }

    /**
     * After how many seconds it has answered on average, once it is closed: after the delay, and what its thread waited for a
     * processor that others had.
     */
    double latency() {
        return answers == 0 ? 0 : nanos / 1e9 / answers;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thread.interrupt();
        thread.join();
        listener.close();
        selector.close();
    }

    private void serve() {
        try {
            while (!Thread.interrupted()) {
                selector.select(this::serve, untilNext());
                while (!due.isEmpty() && due.peek().nanos - HALF_TICK <= System.nanoTime()) {
                    send(due.poll());
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the benchmark's node has failed", e);
        }
    }

    /** Milliseconds until an answer is due; 0, which is for ever, when none is under way. */
    private long untilNext() {
        return due.isEmpty()
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(due.peek().nanos + HALF_TICK - System.nanoTime()));
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (!read((SocketChannel) key.channel(), (ByteBuffer) key.attachment())) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel connection = listener.accept();
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.configureBlocking(false);
        connection.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LONGEST_HEAD));
    }

    /** A request is a head, and has no body; its client sends the next one when it is answered. False when it has gone. */
    private boolean read(SocketChannel connection, ByteBuffer head) {
        try {
            if (connection.read(head) < 0) {
                return false;
            }
        } catch (IOException _) {
            return false;
        }
        String request = StandardCharsets.US_ASCII.decode(head.duplicate().flip()).toString();
        if (request.endsWith(END)) {
            head.clear();
            byte[] block = blocks.get(id(request));
            if (block != null) {
                long asked = System.nanoTime();
                due.add(new Answer(connection, answer(block), asked, asked + delay.toNanos()));
            }
        }
        return true;
    }

    private static ByteBuffer answer(byte[] block) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + block.length
                + END).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + block.length).put(head).put(block).flip();
    }

    private void send(Answer answer) {
        try {
            answer.to.write(answer.bytes);
            answers++;
            nanos += System.nanoTime() - answer.asked;
        } catch (IOException _) {
            // The client has gone.
        }
    }

    private static String id(String request) {
        int begin = request.indexOf(ID) + ID.length();
        int end = begin;
        while (end < request.length() && Character.isLetterOrDigit(request.charAt(end))) {
            end++;
        }
        return request.substring(begin, end);
    }
}
