package io.tokensync.monitor.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.tokensync.common.tls.Pem;

/** Whose certificates are believed of the endpoints that are asked. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * Believes servers whose certificate is signed by one of a PEM file, or is one of them.
     *
     * @throws UncheckedIOException when the file cannot be used, with what is wrong with it
     */
    static SSLContext of(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : Pem.certificates(pem)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(Pem.reason(e), e));
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException("cannot use " + pem + ": " + e.getMessage(), e));
        }
    }

    /** Believes the servers that the JDK believes. */
    static SSLContext standard() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
