package io.tokensync.tds.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The server's side of TLS 1.2, the newest version that fits into TDS 7.4, with one certificate for the whole JVM. */
public final class ServerTls {
    private ServerTls() {}

    /** Shakes hands inside PRELOGIN packets; the socket that comes back carries the session in TLS records. */
    public static Socket handshake(Socket socket) throws IOException {
        HandshakeSocket below = new HandshakeSocket(socket);
        SSLSocket above = (SSLSocket) Shared.CONTEXT.getSocketFactory().createSocket(below, null, true);
        above.setUseClientMode(false);
        above.setEnabledProtocols(new String[]{"TLSv1.2"});
        above.startHandshake();
        below.handshakeDone();
        return above;
    }

    /** Made at the first encrypted login, because a key takes longer than all the rest of a start. */
    private static final class Shared {
        private static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                SelfSignedCertificate own = SelfSignedCertificate.create();
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("server", own.key(), new char[0], new Certificate[]{own.certificate()});
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, new char[0]);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("this JVM cannot make a TLS certificate: " + e.getMessage(), e);
            }
        }
    }
}
