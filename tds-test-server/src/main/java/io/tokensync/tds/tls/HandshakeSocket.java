package io.tokensync.tds.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.Packet;
import io.tokensync.tds.wire.PacketType;

/**
 * The socket below TLS. During the handshake it takes TLS records out of PRELOGIN packets and puts them into such
 * packets; afterwards bytes pass as they are (MS-TDS 3.2.5.2).
 */
final class HandshakeSocket extends Socket {
    private final Socket real;
    private final Unwrapping input;
    private final Wrapping output;
    private volatile boolean handshaking = true;

    HandshakeSocket(Socket real) throws IOException {
        this.real = real;
        this.input = new Unwrapping(real.getInputStream());
        this.output = new Wrapping(real.getOutputStream());
    }

    void handshakeDone() throws IOException {
        output.sendFlight();
        handshaking = false;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return real.isClosed();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    private final class Unwrapping extends InputStream {
        private final InputStream in;
        private byte[] payload = new byte[0];
        private int position;

        private Unwrapping(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (position == payload.length && !handshaking) {
                return in.read(target, from, length);
            }
            while (position == payload.length) {
                output.sendFlight();
                Packet packet = Packet.read(in);
                if (packet == null) {
                    return -1;
                }
                if (packet.type() != PacketType.PRELOGIN) {
                    throw new MalformedMessageException("a " + packet.type() + " packet inside the TLS handshake");
                }
                payload = packet.payload();
                position = 0;
            }
            int count = Math.min(length, payload.length - position);
            System.arraycopy(payload, position, target, from, count);
            position += count;
            return count;
        }
    }

    private final class Wrapping extends OutputStream {
        private static final int LARGEST = 4096 - Packet.HEADER_BYTES;

        private final OutputStream out;
        private final ByteArrayOutputStream flight = new ByteArrayOutputStream();

        private Wrapping(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (handshaking) {
                flight.write(bytes, from, length);
            } else {
                out.write(bytes, from, length);
            }
        }

        /** Sends all records since the last read as one message: the driver counts messages, not records. */
        private void sendFlight() throws IOException {
            byte[] bytes = flight.toByteArray();
            flight.reset();
            for (int sent = 0; sent < bytes.length; sent += LARGEST) {
                int count = Math.min(LARGEST, bytes.length - sent);
                int total = count + Packet.HEADER_BYTES;
                int last = sent + count == bytes.length ? 1 : 0;
                out.write(new byte[]{(byte) PacketType.PRELOGIN.code(), (byte) last, (byte) (total >>> 8), (byte) total,
                        0,
                        0, 1, 0});
                out.write(bytes, sent, count);
            }
            out.flush();
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
