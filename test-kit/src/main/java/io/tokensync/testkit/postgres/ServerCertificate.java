package io.tokensync.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
