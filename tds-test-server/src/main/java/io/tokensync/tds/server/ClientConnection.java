package io.tokensync.tds.server;

import java.io.IOException;
import java.net.Socket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.tds.faults.FaultScript;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.jdbc.Cancellation;
import io.tokensync.tds.jdbc.Database;
import io.tokensync.tds.jdbc.SqlSession;
import io.tokensync.tds.protocol.Encryption;

/** One client from its accept to its end, on a virtual thread. */
final class ClientConnection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    private final Socket socket;
    private final Database database;
    private final Recording recording;
    private final Cancellation cancellation = new Cancellation();
    private final ConnectionFaults faults;
    private final LoginExchange login;

    ClientConnection(Socket socket, Database database, Encryption encryption, Credentials credentials,
            FaultScript script,
            Recording recording, Sessions sessions) {
        this.socket = socket;
        this.database = database;
        this.recording = recording;
        this.faults = new ConnectionFaults(script, socket, cancellation, sessions);
        this.login = new LoginExchange(encryption, credentials, recording, faults);
    }

    @Override
    public void run() {
        recording.count(Recording.Counted.CONNECTION_OPENED);
        try (socket) {
            socket.setTcpNoDelay(true);
            faults.connected();
            serve(login.run(Wire.plain(socket)));
        } catch (IOException e) {
            log.atDebug().setMessage("connection ended").addKeyValue("why", e.getMessage()).log();
        } catch (RuntimeException e) {
            log.atWarn().setMessage("connection ended by a fault of the endpoint itself").setCause(e).log();
        } finally {
            recording.count(Recording.Counted.CONNECTION_CLOSED);
        }
    }

    private void serve(Wire wire) throws IOException {
        try (SqlSession session = new SqlSession(database, faults, recording, cancellation);
                PacketReader packets = new PacketReader(wire.buffered(), cancellation, "tds-reader")) {
            new RequestLoop(packets, wire.out(), session, cancellation).run();
        }
    }

    /** Ends the connection from outside. */
    void kill() {
        cancellation.request();
        try {
            socket.close();
        } catch (IOException e) {
            log.atDebug().setMessage("socket did not close").addKeyValue("why", e.getMessage()).log();
        }
    }
}
