package io.tokensync.tds.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.tokensync.tds.jdbc.Cancellation;
import io.tokensync.tds.wire.CutException;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.Packet;
import io.tokensync.tds.wire.PacketSource;
import io.tokensync.tds.wire.PacketType;

/** Reads ahead on a thread of its own, so that an attention and a lost connection stop the statement that runs. */
final class PacketReader implements PacketSource, AutoCloseable {
    private static final int MOST_AHEAD = 32;

    private final BlockingQueue<Optional<Packet>> packets = new ArrayBlockingQueue<>(MOST_AHEAD);
    private final InputStream in;
    private final Cancellation cancellation;
    private final Thread thread;
    private volatile MalformedMessageException malformed;

    PacketReader(InputStream in, Cancellation cancellation, String name) {
        this.in = in;
        this.cancellation = cancellation;
        this.thread = Thread.ofVirtual().name(name).start(this::readAll);
    }

    private void readAll() {
        try {
            for (Packet packet = read(); packet != null; packet = read()) {
                if (packet.type() == PacketType.ATTENTION) {
                    cancellation.request();
                }
                packets.put(Optional.of(packet));
            }
            cancellation.request();
            packets.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Packet read() {
        try {
            return Packet.read(in);
        } catch (MalformedMessageException e) {
            malformed = e;
            return null;
        } catch (IOException e) {
            // The connection is gone: the same as its end.
            return null;
        }
    }

    @Override
    public Packet next() throws IOException {
        try {
            Optional<Packet> packet = packets.take();
            if (packet.isEmpty() && malformed != null) {
                throw malformed;
            }
            return packet.orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CutException("the endpoint is closing");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
