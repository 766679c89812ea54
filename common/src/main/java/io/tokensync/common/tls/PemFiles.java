package io.tokensync.common.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.SecretFile;

/**
 * Text files, as certificate authorities and Kubernetes hand them out. One file may hold both.
 *
 * @param certificate the server's certificate, then those between it and its authority
 * @param key its private key: PKCS#8, not encrypted
 */
public record PemFiles(Path certificate, Path key) implements CertificateSource {
    public PemFiles {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
    }

    @Override
    public List<Path> files() {
        return List.of(certificate, key);
    }

    @Override
    public KeyEntry load() throws IOException, GeneralSecurityException {
        return new KeyEntry(Pem.key(SecretFile.read(key), key), Pem.certificates(certificate));
    }
}
