package io.tokensync.tds;

import java.time.Duration;

import javax.sql.DataSource;

import io.tokensync.tds.faults.FaultScript;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.jdbc.Database;
import io.tokensync.tds.protocol.Encryption;
import io.tokensync.tds.server.Credentials;
import io.tokensync.tds.server.Listener;

/**
 * One SQL Server for one test, on a free port of the loopback interface, with an empty database of its own named
 * {@code tokens} and one user who may do everything.
 */
public final class SqlServerEndpoint implements AutoCloseable {
    private static final Credentials CREDENTIALS = new Credentials("sync", "Str0ng-Pass");

    private final FaultScript script = new FaultScript();
    private final Recording record = new Recording();
    private final Database database = new Database();
    private final Listener listener;

    private SqlServerEndpoint(Encryption encryption) {
        listener = new Listener(database, encryption, CREDENTIALS, script, record);
    }

    /** Starts an endpoint that encrypts where the client wants it: the login always, the session if asked to. */
    public static SqlServerEndpoint start() {
        return new SqlServerEndpoint(Encryption.OFF);
    }

    /** Starts an endpoint that answers PRELOGIN with this setting. */
    public static SqlServerEndpoint start(Encryption encryption) {
        return new SqlServerEndpoint(encryption);
    }

    /** The driver's URL, without user and password; the certificate is self-signed and trusted by the URL. */
    public String jdbcUrl(boolean encrypted) {
        return "jdbc:sqlserver://" + host() + ":" + port() + ";databaseName=" + Database.NAME + ";encrypt=" + encrypted
                + ";trustServerCertificate=true";
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.port();
    }

    public String user() {
        return CREDENTIALS.user();
    }

    public String password() {
        return CREDENTIALS.password();
    }

    /** What is to go wrong. */
    public FaultScript script() {
        return script;
    }

    /** What has happened. */
    public Recording record() {
        return record;
    }

    /** The data past the protocol, for looking at it in the middle of trouble: no script and no record sees it. */
    public DataSource data() {
        return database.data();
    }

    /** Ends every session; what they had not committed is rolled back when this returns. */
    public void killSessions() {
        listener.kill();
        drain();
    }

    /** Ends every session and rejects clients until {@link #acceptAgain()}; the data stays. */
    public void reject() {
        listener.reject();
        killSessions();
    }

    /** Listens again on the same port. */
    public void acceptAgain() {
        listener.listen();
    }

    /** Ends every session and rejects clients for so long; the data stays. Returns at once. */
    public void restart(Duration downtime) {
        listener.restart(downtime);
    }

    private void drain() {
        try {
            listener.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        listener.close();
        database.close();
    }
}
