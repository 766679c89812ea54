package io.tokensync.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that signs certificates of servers on this machine ({@code 127.0.0.1}, {@code localhost}) and of clients. */
public final class CertificateAuthority {
    /** The names of this machine. */
    static final String HERE = "dns:localhost,ip:127.0.0.1";
    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";
    private static final int LINE = 64;

    private final Path store;
    private int issued;

    private CertificateAuthority(Path store) {
        this.store = store;
    }

    /** A new authority, which keeps its key in this directory. */
    public static CertificateAuthority create(Path directory) {
        CertificateAuthority authority = new CertificateAuthority(store(directory));
        authority.generate(AUTHORITY, "CN=authority", List.of("-ext", "BC=ca:true"));
        return authority;
    }

    /** The certificate of a server that is its own authority, for these names: {@code dns:localhost,ip:127.0.0.1}. */
    static TlsCertificate ownAuthority(Path directory, String names) {
        CertificateAuthority authority = new CertificateAuthority(store(directory));
        authority.generate(AUTHORITY, "CN=localhost", List.of("-ext", "SAN=" + names, "-ext", "BC=ca:true"));
        return authority.read(AUTHORITY);
    }

    /** The file in which an authority keeps its keys. */
    static Path store(Path directory) {
        return directory.resolve("authority.p12");
    }

    /** Its own certificate, by which the others are checked. */
    public String pem() {
        return read(AUTHORITY).pem();
    }

    /** A new certificate, with a new key, of this common name. */
    public synchronized TlsCertificate issue(String commonName) {
        String alias = "issued-" + issued++;
        generate(alias, "CN=" + commonName,
                List.of("-ext", "SAN=" + HERE, "-signer", AUTHORITY));
        return read(alias);
    }

    private void generate(String alias, String name, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", alias,
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", name, "-validity", "30", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(more);
        // it lives for half a second: compiling well and several collectors would be most of it
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        try {
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TlsCertificate read(String alias) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return new TlsCertificate(pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()),
                    pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made cannot be read", e);
        }
    }

    /** Bytes as text between BEGIN and END of this type. */
    public static String pem(String type, byte[] bytes) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
