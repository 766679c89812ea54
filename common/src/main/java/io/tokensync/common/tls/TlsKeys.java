package io.tokensync.common.tls;

import java.nio.file.Path;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

/** The keys of a server's certificate, below the prefix of the server. */
public final class TlsKeys {
    public static final KeySection KEYS = KeySection.template();

    private static final ConfigKey<Path> CERTIFICATE = KEYS.add(ConfigKey.optionalPath("tls.certificate-file",
            "PEM file with the server's certificate, then those between it and its authority: with it the server speaks "
                    + "https only. Read again when it changes."));
    private static final ConfigKey<Path> KEY = KEYS.add(ConfigKey.optionalPath("tls.key-file",
            "PEM file with the certificate's private key: PKCS#8, not encrypted."));
    private static final ConfigKey<Path> STORE = KEYS.add(ConfigKey.optionalPath("tls.keystore-file",
            "Key store (PKCS#12) with certificate and key, in place of the PEM files. Read again when it changes."));
    private static final ConfigKey<Secret> STORE_PASSWORD = KEYS.add(ConfigKey.secret("tls.keystore-password",
            "Password of the key store."));

    private TlsKeys() {}

    /** The certificate of the server with this prefix; empty when it has none. */
    public static Optional<CertificateSource> read(Settings settings, String prefix) {
        Optional<Path> certificate = settings.find(CERTIFICATE.below(prefix));
        Optional<Path> key = settings.find(KEY.below(prefix));
        Optional<Path> store = settings.find(STORE.below(prefix));
        Optional<Secret> password = settings.find(STORE_PASSWORD.below(prefix));
        String pem = CERTIFICATE.below(prefix).name();
        if (certificate.isPresent() != key.isPresent()) {
            settings.problem(pem + " and " + KEY.below(prefix).name() + " go together");
        }
        if (store.isPresent() != password.isPresent()) {
            settings.problem(
                    STORE.below(prefix).name() + " and " + STORE_PASSWORD.below(prefix).name() + " go together");
        }
        if (certificate.isPresent() && store.isPresent()) {
            settings.problem(pem + " and " + STORE.below(prefix).name() + " are both set; leave one");
        }
        Optional<CertificateSource> files = certificate
                .flatMap(chain -> key.map(secret -> new PemFiles(chain, secret)));
        return files.or(() -> store.flatMap(file -> password.map(secret -> new KeyStoreFile(file, secret))));
    }
}
