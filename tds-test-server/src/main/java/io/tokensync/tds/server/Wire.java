package io.tokensync.tds.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import io.tokensync.tds.tls.ServerTls;
import io.tokensync.tds.wire.CutException;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;
import io.tokensync.tds.wire.Packet;
import io.tokensync.tds.wire.PacketType;

/** The bytes of one connection, in the clear or through TLS. */
final class Wire {
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final MessageOutput out;

    private Wire(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = new MessageOutput(out);
    }

    /** Without a buffer, because TLS may begin after any byte. */
    static Wire plain(Socket socket) throws IOException {
        return new Wire(socket, socket.getInputStream(), socket.getOutputStream());
    }

    /** Shakes hands; what is read and written from then on is encrypted. */
    Wire encrypted() throws IOException {
        Socket tls = ServerTls.handshake(socket);
        return new Wire(socket, tls.getInputStream(), tls.getOutputStream());
    }

    /** For the time after the login, when nothing changes below the packets any more. */
    InputStream buffered() {
        return new BufferedInputStream(in, BUFFER);
    }

    MessageOutput out() {
        return out;
    }

    /** The next message, which must be of this type. */
    MessageInput expect(PacketType type) throws IOException {
        Packet first = Packet.read(in);
        if (first == null) {
            throw new CutException("the client closed the connection");
        }
        if (first.type() != type) {
            throw new MalformedMessageException("a " + first.type() + " message where " + type + " belongs");
        }
        return new MessageInput(first, () -> Packet.read(in));
    }
}
