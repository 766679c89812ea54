package io.tokensync.common.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.tls.PemFiles;
import io.tokensync.common.tls.ServerTls;
import io.tokensync.testkit.tls.CertificateAuthority;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The server with TLS: the same bounds on slow and many clients, and a certificate that can be renewed while it runs. */
class TlsServerTest {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    /** What is read of a client that shakes hands no further than its first bytes: type and version of a record. */
    private static final byte[] BEGINNING = {0x16, 0x03};

    private final List<Socket> clients = new ArrayList<>();
    private ReadOnlyServer server;

    @TempDir
    private Path directory;

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whoBelievesTheAuthorityIsAnswered() throws Exception {
        start(HttpBounds.STANDARD, TlsCertificate.ofServer());
        assertThat(ask(authorities())).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n/x");
    }

    @Test
    void whoDoesNotBelieveItEndsTheHandshakeAndOthersGoOn() throws Exception {
        start(HttpBounds.STANDARD, TlsCertificate.ofServer());
        Path other = Files.writeString(directory.resolve("other.pem"), TlsCertificate.ofServer().pem());
        assertThatThrownBy(() -> ask(other)).isInstanceOf(SSLException.class);
        assertThat(ask(authorities())).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void whoSpeaksPlainHttpIsAnsweredNothing() throws Exception {
        start(HttpBounds.STANDARD, TlsCertificate.ofServer());
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write("GET /x HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        }
    }

    @Test
    void dripsOfAHandshakeDoNotLengthenTheTime() throws Exception {
        start(new HttpBounds(20, Duration.ofMillis(500), FOR_EVER, 1024), TlsCertificate.ofServer());
        Socket client = client();
        client.getOutputStream().write(BEGINNING);
        await().atMost(LONGEST_WAIT).until(() -> {
            try {
                client.getOutputStream().write(1);
                return server.connected() == 0;
            } catch (IOException _) {
                return true;
            }
        });
    }

    @Test
    void dripsOfARequestDoNotLengthenTheTimeEither() throws Exception {
        start(new HttpBounds(20, Duration.ofSeconds(3), FOR_EVER, 1_000_000), TlsCertificate.ofServer());
        try (SSLSocket client = secured(authorities())) {
            await().atMost(LONGEST_WAIT).until(() -> {
                try {
                    client.getOutputStream().write('x');
                    return server.connected() == 0;
                } catch (IOException _) {
                    return true;
                }
            });
        }
    }

    @Test
    void whoTakesNothingOfTheAnswerIsLetGo() throws Exception {
        start(new HttpBounds(20, FOR_EVER, Duration.ofMillis(500), 1024), TlsCertificate.ofServer());
        try (SSLSocket client = secured(authorities())) {
            client.getOutputStream().write("GET /big HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(LONGEST_WAIT).until(() -> server.connected() == 0);
        }
    }

    @Test
    void aProbeIsAnsweredHoweverManyHoldOnBeforeTheHandshake() throws Exception {
        start(new HttpBounds(20, FOR_EVER, FOR_EVER, 1024), TlsCertificate.ofServer());
        for (int i = 0; i < 200; i++) {
            client().getOutputStream().write(BEGINNING);
            if (i % 50 == 49) {
                assertThat(ask(authorities())).startsWith("HTTP/1.1 200 OK");
            }
        }
        assertThat(server.connected()).isLessThanOrEqualTo(20);
    }

    @Test
    void aRenewedCertificateIsInUseWithTheNextClient() throws Exception {
        TlsCertificate first = TlsCertificate.ofServer();
        start(HttpBounds.STANDARD, first);
        assertThat(shown(authorities())).isEqualTo(first.pem());
        TlsCertificate second = TlsCertificate.ofServer();
        Files.writeString(directory.resolve("server.pem"), second.pem());
        assertThat(shown(authorities(first))).as("while only one of the files has changed").isEqualTo(first.pem());
        Files.writeString(directory.resolve("server.key"), second.keyPem());
        assertThat(shown(authorities(second))).isEqualTo(second.pem());
        Files.writeString(directory.resolve("server.key"), "half of a k");
        assertThat(shown(authorities(second))).as("while the new file cannot be used").isEqualTo(second.pem());
        Files.delete(directory.resolve("server.key"));
        assertThat(shown(authorities(second))).as("while there is none").isEqualTo(second.pem());
    }

    @Test
    void filesThatCannotBeUsedSayWhyBeforeAnythingListens() throws Exception {
        TlsCertificate one = TlsCertificate.ofServer();
        Path certificate = Files.writeString(directory.resolve("a.pem"), one.pem());
        Path otherKey = Files.writeString(directory.resolve("b.key"), TlsCertificate.ofServer().keyPem());
        Path encrypted = Files.writeString(directory.resolve("c.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ServerTls.of(new PemFiles(certificate, otherKey)))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("do not belong together");
        assertThatThrownBy(() -> ServerTls.of(new PemFiles(certificate, encrypted)))
                .hasMessageContaining("c.key").hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> ServerTls.of(new PemFiles(otherKey, otherKey)))
                .hasMessageContaining("b.key holds no certificate");
        assertThatThrownBy(() -> ServerTls.of(new PemFiles(directory.resolve("none"), otherKey)))
                .hasMessageContaining("there is no file").hasMessageContaining("none");
    }

    private void start(HttpBounds bounds, TlsCertificate certificate) throws IOException {
        PemFiles files = new PemFiles(Files.writeString(directory.resolve("server.pem"), certificate.pem()),
                Files.writeString(directory.resolve("server.key"), certificate.keyPem()));
        server = ReadOnlyServer.start("127.0.0.1", 0, Optional.of(ServerTls.of(files)), bounds,
                question -> HttpResponse.of(200, HttpResponse.TEXT,
                        question.path().equals("/big") ? "x".repeat(64 * 1024 * 1024) : question.path()));
    }

    private Path authorities() {
        return directory.resolve("server.pem");
    }

    private Path authorities(TlsCertificate certificate) throws IOException {
        return Files.writeString(directory.resolve("authority.pem"), certificate.pem());
    }

    private String ask(Path authorities) throws IOException {
        try (SSLSocket client = secured(authorities)) {
            client.getOutputStream().write("GET /x HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The server's certificate, as text. */
    private String shown(Path authorities) throws Exception {
        try (SSLSocket client = secured(authorities)) {
            X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
            return CertificateAuthority.pem("CERTIFICATE", shown.getEncoded());
        }
    }

    /** With the handshake done, and the server's name checked. */
    private SSLSocket secured(Path authorities) throws IOException {
        SSLSocket client = (SSLSocket) TlsCertificate.believed(authorities).getSocketFactory().createSocket("localhost",
                server.port());
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        client.startHandshake();
        return client;
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        clients.add(client);
        return client;
    }
}
