package io.tokensync.testkit.ipfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripted node: {@code POST /api/v0/block/get?arg=ID} of its API and {@code GET /ipfs/ID?format=raw} of its gateway, an
 * answer per id, {@link NodeAnswer#notHere} for all others. Like Kubo it rejects other methods with 405. One virtual thread
 * per connection, connections kept alive.
 */
public final class ScriptedIpfsNode implements AutoCloseable {
    private static final Pattern REQUEST = Pattern
            .compile("(\\S+) (/api/v0/block/get\\?\\S*|/ipfs/\\S+[?]format=raw) HTTP/1\\.[01]");
    private static final Pattern ARGUMENT = Pattern.compile("(?:[?&]arg=|^/ipfs/)([^&?]*)");
    private static final int BACKLOG = 1_000;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, NodeAnswer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile NodeAnswer otherwise = NodeAnswer.notHere();

    private ScriptedIpfsNode(ServerSocket server) {
        this.server = server;
    }

    /** Starts a node on a free port of the loopback interface. */
    public static ScriptedIpfsNode start() {
        try {
            ScriptedIpfsNode node = new ScriptedIpfsNode(
                    new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            node.threads.execute(node::accept);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("the scripted node found no port", e);
        }
    }

    /** The address of the node's API. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What to do when this id is asked for; returns this. */
    public ScriptedIpfsNode on(String id, NodeAnswer answer) {
        answers.put(id, answer);
        return this;
    }

    /** What to do for all other ids; returns this. */
    public ScriptedIpfsNode otherwise(NodeAnswer answer) {
        otherwise = answer;
        return this;
    }

    /** The request lines so far, in order of arrival. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How often this id was asked for. */
    public long requestsFor(String id) {
        return requests.stream().filter(line -> id.equals(argument(line))).count();
    }

    /** Connections open now. */
    public int openConnections() {
        return connections.size();
    }

    /** The most requests that were answered at the same time. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    @Override
    public void close() {
        closed.countDown();
        quietly(server::close);
        connections.forEach(socket -> quietly(socket::close));
        threads.shutdownNow();
        threads.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            quietly(() -> {
                Socket socket = server.accept();
                connections.add(socket);
                threads.execute(() -> serve(socket));
            });
        }
    }

    private void serve(Socket socket) {
        quietly(() -> {
            socket.setTcpNoDelay(true);
            NodeConnection connection = new NodeConnection(socket, closed);
            String line = connection.nextRequestLine();
            while (line != null) {
                requests.add(line);
                answer(line, connection);
                line = connection.isClosed() ? null : connection.nextRequestLine();
            }
        });
        quietly(socket::close);
        connections.remove(socket);
    }

    private void answer(String line, NodeConnection connection) throws IOException, InterruptedException {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            Matcher request = REQUEST.matcher(line);
            if (!request.matches()) {
                NodeAnswer.status(404, "404 page not found").give(connection);
            } else if (!request.group(1).equals(request.group(2).startsWith("/api/") ? "POST" : "GET")) {
                NodeAnswer.status(405, "405 - Method Not Allowed").give(connection);
            } else {
                answers.getOrDefault(argument(line), otherwise).give(connection);
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static String argument(String line) {
        Matcher argument = ARGUMENT.matcher(line.split(" ", 3)[1]);
        return argument.find() ? URLDecoder.decode(argument.group(1), StandardCharsets.UTF_8) : "";
    }

    /** A client that leaves is what the scripts are about, not a failure. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException _) {
            // the connection is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
