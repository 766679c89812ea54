package io.tokensync.common.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of a server, with the certificate that the files hold at the time of a connection: one that is renewed is in use
 * with the next client. Files that cannot be used leave the certificate before them in use.
 */
public final class ServerTls {
    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

    private final CertificateSource source;
    private List<String> seen;
    private SSLContext context;

    private ServerTls(CertificateSource source, List<String> seen, SSLContext context) {
        this.source = source;
        this.seen = seen;
        this.context = context;
    }

    /**
     * Reads the files.
     *
     * @throws UncheckedIOException when they cannot be used, with what is wrong with them
     */
    public static ServerTls of(CertificateSource source) {
        try {
            List<String> seen = FileVersions.of(source.files());
            return new ServerTls(source, seen, read(source));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(Pem.reason(e), e));
        }
    }

    /** The server's side of TLS over a connection, before the handshake. Closing it closes the connection. */
    public SSLSocket over(Socket connection) throws IOException {
        SSLSocket socket = (SSLSocket) current().getSocketFactory().createSocket(connection,
                connection.getInetAddress().getHostAddress(), connection.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private synchronized SSLContext current() {
        List<String> now = FileVersions.of(source.files());
        if (!now.equals(seen)) {
            seen = now; // also of files that cannot be used, which are said once
            try {
                context = read(source);
                log.atInfo().setMessage("certificate read again").addKeyValue("files", source.files()).log();
            } catch (IOException e) {
                log.atWarn().setMessage("the new certificate cannot be used; the one before stays in use")
                        .addKeyValue("cause", Pem.reason(e)).log();
            }
        }
        return context;
    }

    private static SSLContext read(CertificateSource source) throws IOException {
        try {
            KeyEntry entry = source.load();
            if (!entry.belongTogether()) {
                throw new IOException("key and certificate do not belong together: " + source.files());
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(entry.managers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + source.files() + ": " + e.getMessage(), e);
        }
    }
}
