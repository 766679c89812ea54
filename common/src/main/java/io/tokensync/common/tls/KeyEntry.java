package io.tokensync.common.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key with the certificate of its public one.
 *
 * @param key never shown
 * @param chain the certificate, then those between it and its authority
 */
record KeyEntry(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] TRIAL = {1, 2, 3};

    KeyEntry {
        chain = List.copyOf(chain);
    }

    /** Whether they belong together: not so between the two moves of somebody who replaces both files. */
    boolean belongTogether() throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(TRIAL);
        byte[] signed = signature.sign();
        signature.initVerify(chain.getFirst().getPublicKey());
        signature.update(TRIAL);
        return signature.verify(signed);
    }

    KeyManager[] managers() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
