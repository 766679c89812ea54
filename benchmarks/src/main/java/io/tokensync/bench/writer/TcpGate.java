package io.tokensync.bench.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on the loopback interface that can be shut: connections end, and new ones are rejected. */
final class TcpGate implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    TcpGate(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        serve(listener);
    }

    int port() {
        return port;
    }

    void shut() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    void reopen() throws IOException {
        listener = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        serve(listener);
    }

    @Override
    public void close() {
        try {
            shut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(ServerSocket accepting) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    join(accepting.accept());
                }
            } catch (IOException _) {
                // Shut.
            }
        });
    }

    private void join(Socket client) {
        try {
            Socket away = new Socket();
            sockets.add(client);
            sockets.add(away);
            away.connect(server);
            pump(client, away);
            pump(away, client);
        } catch (IOException _) {
            closeQuietly(client);
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException _) {
                // The other direction or the gate has ended it.
            } finally {
                closeQuietly(from);
                closeQuietly(to);
            }
        });
    }

    private void closeQuietly(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more either way.
        }
    }
}
