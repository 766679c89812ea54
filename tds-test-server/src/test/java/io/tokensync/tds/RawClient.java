package io.tokensync.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A client that sends whatever bytes a test wants. */
final class RawClient implements AutoCloseable {
    static final int BATCH = 0x01;
    static final int RPC = 0x03;
    static final int ATTENTION = 0x06;
    static final int BULK = 0x07;
    static final int TRANSACTION = 0x0E;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final int FIXED_LOGIN = 94;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();

    RawClient(SqlServerEndpoint endpoint) throws IOException {
        socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static byte[] prelogin() {
        return new byte[]{1, 0, 6, 0, 1, (byte) 0xFF, 2};
    }

    static byte[] login(SqlServerEndpoint endpoint) {
        byte[] user = utf16(endpoint.user());
        byte[] password = utf16(endpoint.password());
        for (int i = 0; i < password.length; i++) {
            int b = password[i] & 0xFF;
            password[i] = (byte) (((b << 4 | b >>> 4) & 0xFF) ^ 0xA5);
        }
        int length = FIXED_LOGIN + user.length + password.length;
        ByteBuffer login = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        login.putInt(0, length).putInt(4, 0x7400_0004).putInt(8, 4096);
        login.putShort(40, (short) FIXED_LOGIN).putShort(42, (short) (user.length / 2));
        login.putShort(44, (short) (FIXED_LOGIN + user.length)).putShort(46, (short) (password.length / 2));
        login.put(FIXED_LOGIN, user).put(FIXED_LOGIN + user.length, password);
        return login.array();
    }

    static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    /** ALL_HEADERS with the transaction descriptor, and what follows it. */
    static byte[] withHeaders(byte[] rest) {
        ByteBuffer all = ByteBuffer.allocate(22 + rest.length).order(ByteOrder.LITTLE_ENDIAN);
        return all.putInt(22).putInt(18).putShort((short) 2).putLong(0).putInt(1).put(rest).array();
    }

    void send(int type, byte[] payload) throws IOException {
        send(type, 1, payload.length + 8, payload);
    }

    /** A packet with this status and announced length, whatever the payload. */
    void send(int type, int status, int length, byte[] payload) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[]{(byte) type, (byte) status, (byte) (length >>> 8), (byte) length, 0, 0, 1, 0});
        packet.writeBytes(payload);
        socket.getOutputStream().write(packet.toByteArray());
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
    }

    /** The payload of the next message. */
    byte[] answer() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int status = 0;
        while ((status & 1) == 0) {
            in.readByte();
            status = in.readByte();
            byte[] payload = new byte[in.readUnsignedShort() - 8];
            in.readInt();
            in.readFully(payload);
            message.writeBytes(payload);
        }
        return message.toByteArray();
    }

    /** Logs in without encryption. */
    void logIn(SqlServerEndpoint endpoint) throws IOException {
        send(PRELOGIN, prelogin());
        answer();
        send(LOGIN, login(endpoint));
        answer();
    }

    /** Reads until the server closes or has nothing more to say. */
    void drain() throws IOException {
        socket.shutdownOutput();
        socket.getInputStream().skip(Long.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
