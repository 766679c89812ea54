package io.tokensync.tds.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.tds.faults.FaultScript;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.jdbc.Database;
import io.tokensync.tds.protocol.Encryption;

/** Accepts clients on a port of the loopback interface and keeps book of their connections. */
public final class Listener implements Sessions, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Database database;
    private final Encryption encryption;
    private final Credentials credentials;
    private final FaultScript script;
    private final Recording recording;
    private final Map<ClientConnection, Thread> connections = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private ServerSocket listening;
    private Thread accepting;
    private int port;

    public Listener(Database database, Encryption encryption, Credentials credentials, FaultScript script,
            Recording recording) {
        this.database = database;
        this.encryption = encryption;
        this.credentials = credentials;
        this.script = script;
        this.recording = recording;
        listen();
    }

    /** The port, the same for the whole life of the endpoint. */
    public synchronized int port() {
        return port;
    }

    /** Begins to accept, at first on any free port and later on the same one. */
    public synchronized void listen() {
        boolean stillListening = listening != null && !listening.isClosed();
        if (stillListening || closed.getCount() == 0) {
            return;
        }
        try {
            listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        port = listening.getLocalPort();
        ServerSocket current = listening;
        accepting = Thread.ofVirtual().name("tds-accept").start(() -> accept(current));
    }

    /** Stops accepting; from when this returns, clients are rejected by the operating system. */
    public synchronized void reject() {
        try {
            listening.close();
            // The port stays open until the thread that waits on it has noticed.
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket current) {
        while (!current.isClosed()) {
            try {
                start(current.accept());
            } catch (IOException e) {
                log.atDebug().setMessage("nobody accepted").addKeyValue("why", e.getMessage()).log();
            }
        }
    }

    private void start(Socket socket) {
        ClientConnection client = new ClientConnection(socket, database, encryption, credentials, script, recording,
                this);
        Thread thread = Thread.ofVirtual().name("tds-session").unstarted(() -> {
            try {
                client.run();
            } finally {
                connections.remove(client);
            }
        });
        connections.put(client, thread);
        thread.start();
    }

    @Override
    public void kill() {
        connections.keySet().forEach(ClientConnection::kill);
    }

    @Override
    public void restart(Duration downtime) {
        reject();
        kill();
        Thread.ofVirtual().name("tds-restart").start(() -> {
            try {
                drain();
                if (!closed.await(downtime.toNanos(), TimeUnit.NANOSECONDS)) {
                    listen();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits until no session is left, so that what they had not committed is rolled back. */
    public void drain() throws InterruptedException {
        for (Thread thread : connections.values()) {
            thread.join();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        reject();
        kill();
        try {
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
