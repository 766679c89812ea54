package io.tokensync.embedded;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running broker in this JVM. Clients connect to {@link #bootstrapServers()}; closing it keeps its data. */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int ATTEMPTS = 5;
    private static final String LOGS = "logs";

    private final KafkaRaftServer server;
    private final BrokerPorts ports;
    private final Path directory;
    private final DirectoryLock lock;
    private final CompletableFuture<Throwable> failed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, BrokerPorts ports, Path directory, DirectoryLock lock,
            CompletableFuture<Throwable> failed) {
        this.server = server;
        this.ports = ports;
        this.directory = directory;
        this.lock = lock;
        this.failed = failed;
    }

    /** Starts a broker on this directory, on the port of the last run or a free one, with records kept for ever. */
    public static EmbeddedKafka start(Path directory) {
        return start(EmbeddedKafkaOptions.in(directory));
    }

    /**
     * Starts a broker and returns when it serves clients. After a crash this recovers the logs first, which takes
     * longer; what was acknowledged is there again.
     *
     * @throws EmbeddedKafkaException when the directory is in use, not writable or damaged, or the port is taken
     */
    public static EmbeddedKafka start(EmbeddedKafkaOptions options) {
        KafkaExits.keepFromEndingTheProcess();
        Path directory = options.directory().toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            new LogStorage(directory.resolve(LOGS)).prepare();
            EmbeddedKafka started = startOnFreePorts(options, directory, lock);
            log.atInfo().setMessage("embedded broker started").addKeyValue("address", started.bootstrapServers())
                    .addKeyValue("directory", directory).log();
            return started;
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedKafkaException("The broker's directory " + directory + " cannot be used: " + e, e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerProperties.HOST + ":" + ports.broker();
    }

    public int port() {
        return ports.broker();
    }

    /**
     * Completed with the reason when the broker gives up while it runs: its disk is full or gone, or its metadata is
     * damaged. It serves no more then; what was acknowledged is there at the next start. Never completed by {@link #close}.
     */
    public CompletableFuture<Throwable> failed() {
        return failed.copy();
    }

    /** Stops serving, flushes the logs and leaves a mark that the next start needs no recovery. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                KafkaExits.forget(directory);
                lock.close();
            }
        }
    }

    private static EmbeddedKafka startOnFreePorts(EmbeddedKafkaOptions options, Path directory, DirectoryLock lock)
            throws IOException {
        BrokerPorts ports = BrokerPorts.choose(directory, options.port());
        for (int attempt = 1;; attempt++) {
            CompletableFuture<Throwable> failed = KafkaExits.watch(directory);
            KafkaRaftServer server = new KafkaRaftServer(
                    new KafkaConfig(BrokerProperties.of(options, directory.resolve(LOGS), ports)), Time.SYSTEM);
            try {
                server.startup();
                ports.remember(directory);
                return new EmbeddedKafka(server, ports, directory, lock, failed);
            } catch (RuntimeException | Error e) {
                KafkaExits.forget(directory);
                shutDownQuietly(server);
                if (!isPortTaken(e)) {
                    throw failed(directory, e);
                }
                // Somebody took the port between our look and the bind.
                if (attempt == ATTEMPTS || (options.port() != 0 && !BrokerPorts.isFree(options.port()))) {
                    throw portTaken(ports, e);
                }
                ports = BrokerPorts.fresh(options.port());
            }
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static EmbeddedKafkaException portTaken(BrokerPorts ports, Throwable cause) {
        return new EmbeddedKafkaException("Port " + ports.broker() + " or " + ports.controller() + " on "
                + BrokerProperties.HOST + " is taken by another process. Choose another port, or 0 for any.", cause);
    }

    private static EmbeddedKafkaException failed(Path directory, Throwable cause) {
        return new EmbeddedKafkaException("The embedded broker does not start on " + directory + ": " + cause
                + ". If its data is damaged, restore it from a copy or delete the directory to start anew.", cause);
    }

    private static void shutDownQuietly(KafkaRaftServer server) {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException | Error e) {
            log.atDebug().setMessage("shutdown after a failed start").setCause(e).log();
        }
    }
}
