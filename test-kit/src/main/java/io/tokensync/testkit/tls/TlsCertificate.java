package io.tokensync.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key.
 *
 * @param pem the certificate
 * @param keyPem its private key
 */
public record TlsCertificate(String pem, String keyPem) {
    /** A server's on this machine ({@code 127.0.0.1}, {@code localhost}), which is its own authority. */
    public static TlsCertificate ofServer() {
        return ofServer(CertificateAuthority.HERE);
    }

    /** One of other names: {@code dns:localhost}. */
    public static TlsCertificate ofServer(String names) {
        try {
            Path directory = Files.createTempDirectory("certificate");
            try {
                return CertificateAuthority.ownAuthority(directory, names);
            } finally {
                Files.deleteIfExists(CertificateAuthority.store(directory));
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a client that believes the certificate of this file in PEM and those that it has signed, and no other. */
    public static SSLContext believed(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate: " + file, e);
        }
    }

    /** Both, as Kafka wants them in a file. */
    public String keystore() {
        return keyPem + pem;
    }
}
