package io.tokensync.common.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text. */
public final class Pem {
    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Pem() {}

    /**
     * The certificates of a file, in its order; at least one.
     *
     * @throws IOException when it cannot be read, or holds none, with a message for people
     */
    public static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Matcher blocks = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            if (blocks.group(1).equals(CERTIFICATE)) {
                certificates.add((X509Certificate) factory
                        .generateCertificate(new ByteArrayInputStream(bytes(blocks.group(2), file))));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /** The private key in a text. */
    static PrivateKey key(String text, Path file) throws IOException, GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals(KEY)) {
                return key(bytes(blocks.group(2), file), file);
            }
        }
        throw new IOException(
                file + " holds no private key in PKCS#8 that is not encrypted (-----BEGIN PRIVATE KEY-----);"
                        + " openssl pkcs8 -topk8 -nodes makes one of others");
    }

    /** What is wrong with a file, for people: the JDK's own message is often the path alone. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no file " + e.getFile();
            case AccessDeniedException e -> "this process may not read " + e.getFile();
            case IOException e when e.getClass() == IOException.class -> e.getMessage();
            default -> failure.toString();
        };
    }

    private static PrivateKey key(byte[] encoded, Path file) throws IOException, GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // a key of another algorithm
            }
        }
        throw new IOException(file + " holds a private key of none of these kinds: " + String.join(", ", ALGORITHMS));
    }

    private static byte[] bytes(String base64, Path file) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new IOException(file + " is not PEM: what stands between BEGIN and END is not Base64");
        }
    }
}
