package io.tokensync.common.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.Secret;

/**
 * A PKCS#12 key store. Of several entries with a key the first one is taken.
 *
 * @param file the store
 * @param password of the store and of the key in it
 */
public record KeyStoreFile(Path file, Secret password) implements CertificateSource {
    public KeyStoreFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public KeyEntry load() throws IOException, GeneralSecurityException {
        char[] secret = password.reveal().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, secret);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret) instanceof PrivateKey key) {
                return new KeyEntry(key, chain(store.getCertificateChain(alias)));
            }
        }
        throw new IOException(file + " holds no private key");
    }

    private static List<X509Certificate> chain(Certificate... chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }
}
