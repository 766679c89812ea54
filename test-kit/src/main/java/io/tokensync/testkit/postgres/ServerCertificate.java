package io.tokensync.testkit.postgres;

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

import io.tokensync.testkit.tls.CertificateAuthority;
import io.tokensync.testkit.tls.CertificateAuthority.Issued;

/**
 * A certificate of a server, by default on this machine ({@code 127.0.0.1}, {@code localhost}), which is its own authority.
 *
 * @param pem the certificate
 * @param keyPem its private key
 */
public record ServerCertificate(String pem, String keyPem) {
    /** Makes one. */
    public static ServerCertificate create() {
        return of(CertificateAuthority.HERE);
    }

    /** One of other names: {@code dns:localhost}. */
    public static ServerCertificate of(String names) {
        try {
            Path directory = Files.createTempDirectory("certificate");
            try {
                Issued issued = CertificateAuthority.ownAuthority(directory, names);
                return new ServerCertificate(issued.pem(), issued.keyPem());
            } finally {
                Files.deleteIfExists(CertificateAuthority.store(directory));
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a client that believes the certificate of this file in PEM, and no other. */
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
}
