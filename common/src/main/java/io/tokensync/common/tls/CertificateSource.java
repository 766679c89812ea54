package io.tokensync.common.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Where a server's certificate and its private key are. */
public sealed interface CertificateSource permits PemFiles, KeyStoreFile {
    /** The files; when one of them changes, there is another certificate. */
    List<Path> files();

    /**
     * Reads them.
     *
     * @throws IOException when a file cannot be read or does not hold what it should, with a message for people
     * @throws GeneralSecurityException when the JDK does not accept what it holds
     */
    KeyEntry load() throws IOException, GeneralSecurityException;
}
