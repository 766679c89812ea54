package io.tokensync.chaos.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tokensync.common.time.Sleeper;

/**
 * The way to a server on the loopback interface. It is open, cut (connections are reset, new ones too), or silent (they
 * stay open and carry nothing, as if a cable had been pulled; what was sent meanwhile arrives later), and may be slow. Its port
 * is bound as long as it is not closed, so that nobody else takes it meanwhile.
 */
public final class TcpLink implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private enum State {
        OPEN,
        CUT,
        SILENT
    }

    private final int server;
    private final Sleeper sleeper;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private State state = State.OPEN;
    private Duration delay = Duration.ZERO;

    private TcpLink(int port, int server, Sleeper sleeper) throws IOException {
        this.server = server;
        this.sleeper = sleeper;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().name("link-" + port).start(this::serve);
    }

    /**
     * Opens a way.
     *
     * @param port where clients connect; 0 for any
     * @param server port that they reach
     */
    public static TcpLink open(int port, int server, Sleeper sleeper) {
        try {
            return new TcpLink(port, server, sleeper);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be bound", e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Resets all connections, and each new one, until {@link #heal}. */
    public void cut() {
        become(State.CUT);
        resetAll();
    }

    /** Carries nothing in either direction until {@link #heal}. */
    public void silence() {
        become(State.SILENT);
    }

    /** Carries each chunk of up to 16 KiB so much later, in either direction, until {@link #heal}. */
    public void slow(Duration newDelay) {
        synchronized (lock) {
            delay = newDelay;
        }
    }

    /** As at the beginning. */
    public void heal() {
        synchronized (lock) {
            delay = Duration.ZERO;
        }
        become(State.OPEN);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        become(State.CUT);
        resetAll();
    }

    private void become(State next) {
        synchronized (lock) {
            state = next;
            lock.notifyAll();
        }
    }

    private void resetAll() {
        sockets.forEach(TcpLink::reset);
        sockets.clear();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("link-connection").start(() -> join(client));
            } catch (IOException _) {
                // Closed, or a client that went away before it was accepted.
            }
        }
    }

    private void join(Socket client) {
        Socket away = new Socket();
        sockets.add(client);
        sockets.add(away);
        try {
            if (isCarrying()) {
                away.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
                client.setTcpNoDelay(true);
                away.setTcpNoDelay(true);
                Thread back = Thread.ofVirtual().name("link-back").start(() -> pump(away, client));
                pump(client, away);
                back.join();
            }
        } catch (IOException _) {
            // Nobody listens there: the client is told by the reset.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end(client);
            end(away);
        }
    }

    /** Carries what comes until it ends in order, which the other side is told, or not, which resets both. */
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (!isCarrying()) {
                    throw new IOException("cut");
                }
                out.write(chunk, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            reset(from);
            reset(to);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        reset(socket);
    }

    /** Waits as long as the link is silent or slow; false when it is cut. */
    private boolean isCarrying() throws InterruptedException {
        Duration wait;
        synchronized (lock) {
            while (state == State.SILENT) {
                lock.wait();
            }
            wait = delay;
        }
        sleeper.sleep(wait);
        synchronized (lock) {
            return state != State.CUT;
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException _) {
            // It is closed below, one way or the other.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception _) {
            // It is of no use any more either way.
        }
    }
}
