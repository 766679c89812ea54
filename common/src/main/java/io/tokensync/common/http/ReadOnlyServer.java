package io.tokensync.common.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.time.Sleeper;
import io.tokensync.common.tls.CertificateSource;
import io.tokensync.common.tls.ServerTls;

/**
 * An HTTP server for questions: GET and HEAD only, one for each connection, a virtual thread for each, and an answer even
 * when the one who is asked throws. What clients can take of the process has {@link HttpBounds}; the JDK's server would let
 * them hold as many connections as the process has descriptors, or turn away everybody while they hold what it may have.
 */
public final class ReadOnlyServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadOnlyServer.class);
    private static final Duration WITHOUT_DESCRIPTORS = Duration.ofMillis(200);

    private final ServerSocket listener;
    private final Function<HttpRequest, HttpResponse> answers;
    private final HttpBounds bounds;
    private final Optional<ServerTls> tls;
    private final OpenConnections connections;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ReadOnlyServer(ServerSocket listener, HttpBounds bounds, Optional<ServerTls> tls,
            Function<HttpRequest, HttpResponse> answers) {
        this.listener = listener;
        this.bounds = bounds;
        this.tls = tls;
        this.answers = answers;
        this.connections = new OpenConnections(bounds);
    }

    /**
     * Binds and starts.
     *
     * @param port 0 for any free one
     * @param certificate with which it speaks TLS; empty for plain HTTP
     * @param answers asked by several threads at a time
     * @throws UncheckedIOException when the address cannot be bound, or the certificate cannot be used
     */
    public static ReadOnlyServer start(String host, int port, Optional<CertificateSource> certificate,
            Function<HttpRequest, HttpResponse> answers) {
        return start(host, port, certificate.map(ServerTls::of), HttpBounds.STANDARD, answers);
    }

    /** As above, with other bounds. */
    static ReadOnlyServer start(String host, int port, Optional<ServerTls> tls, HttpBounds bounds,
            Function<HttpRequest, HttpResponse> answers) {
        ServerSocket listener;
        try {
            listener = bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReadOnlyServer server = new ReadOnlyServer(listener, bounds, tls, answers);
        Thread.ofPlatform().daemon().name("tokensync-http-" + server.port()).start(server::accept);
        return server;
    }

    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(address);
            return listener;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** The port it listens on; the chosen one when it was started with 0. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many clients are connected. */
    int connected() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.atDebug().setMessage("listener closed with a failure").setCause(e).log();
        }
        connections.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(new Connection(listener.accept(), tls, bounds));
            } catch (IOException e) {
                if (!listener.isClosed() && !afterAWhile(e)) {
                    return;
                }
            }
        }
    }

    /** Somebody else in the process may have taken all descriptors; they come back. */
    private static boolean afterAWhile(IOException cause) {
        log.atDebug().setMessage("no connection accepted").setCause(cause).log();
        try {
            Sleeper.system().sleep(WITHOUT_DESCRIPTORS);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void admit(Connection connection) {
        if (!connections.admit(connection)) {
            connection.close();
            return;
        }
        try {
            threads.execute(() -> serve(connection));
        } catch (RejectedExecutionException _) { // it is being closed
            connection.close();
        }
    }

    private void serve(Connection connection) {
        try {
            connection.serve(answers, () -> connections.asked(connection));
        } catch (IOException e) {
            log.atDebug().setMessage("a client went without its answer").addKeyValue("cause", e.toString()).log();
        } finally {
            connections.remove(connection);
        }
    }
}
