package io.tokensync.common.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may ask the admin endpoint for what, over real connections. */
class AdminAccessTest {
    private static final String PASSWORD = "hunter2:with a colon ü";
    private static final String TOKEN = "abc.DEF-123";

    private AdminServer server;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/metrics", "/", "/nothing"})
    void withoutTheLoginNothingIsShownNotEvenWhichPathsThereAre(String path) throws IOException {
        start(Map.of("admin.password-file", secret(PASSWORD)));
        String answer = ask(path, null);
        assertThat(answer).startsWith("HTTP/1.1 401 Unauthorized")
                .contains("WWW-Authenticate: Basic realm=\"tokensync\", charset=\"UTF-8\"")
                .endsWith("this needs a login\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void probesNeedNoLoginAndLearnNothingElse(String path) throws IOException {
        start(Map.of("admin.password-file", secret(PASSWORD)));
        assertThat(ask(path, null)).containsPattern("^HTTP/1.1 (200|503) ").containsPattern("\"status\":\"(UP|DOWN)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/metrics"})
    void theRightPasswordOpens(String path) throws IOException {
        start(Map.of("admin.password-file", secret(PASSWORD)));
        assertThat(ask(path, basic("tokensync", PASSWORD))).startsWith("HTTP/1.1 200 OK").doesNotContain("hunter2");
        assertThat(ask(path, basic("tokensync", PASSWORD).replace("Basic", "bAsIc"))).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void everythingElseDoesNot() throws IOException {
        start(Map.of("admin.password-file", secret(PASSWORD), "admin.user", "operator", "admin.token", TOKEN));
        for (String wrong : List.of("", "Basic", "Basic ", "Basic !!!", basic("operator", "hunter2"),
                basic("tokensync", PASSWORD), basic("operator", PASSWORD + " "), basic("operator", ""),
                basic("operator", TOKEN), "Bearer", "Bearer ", "Bearer " + TOKEN + "x", "Bearer " + PASSWORD, TOKEN,
                "Digest " + TOKEN, "Basic " + TOKEN)) {
            assertThat(ask("/status", wrong)).as(wrong).startsWith("HTTP/1.1 401 ").doesNotContain("hunter2", TOKEN);
        }
        assertThat(ask("/status", basic("operator", PASSWORD))).startsWith("HTTP/1.1 200 ");
        assertThat(ask("/status", "Bearer " + TOKEN)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aTokenAloneIsAskedForAsOne() throws IOException {
        start(Map.of("admin.token-file", secret(TOKEN)));
        assertThat(ask("/metrics", null)).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer ");
        assertThat(ask("/metrics", "Bearer " + TOKEN)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aForeignNameIsRejectedAlsoWithTheLoginAndForProbes() throws IOException {
        start(Map.of("admin.password-file", secret(PASSWORD)));
        for (String path : List.of("/status", "/health/live")) {
            assertThat(ask(path, basic("tokensync", PASSWORD), "evil.example.com")).startsWith("HTTP/1.1 421 ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void overTlsTheSameHoldsFromPemFilesAndFromAKeyStore(boolean keyStore) throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>(keyStore ? keyStore() : pemFiles());
        settings.put("admin.password-file", secret(PASSWORD));
        start(settings);
        assertThat(askSecured("/status", null)).startsWith("HTTP/1.1 401 ");
        assertThat(askSecured("/status", basic("tokensync", PASSWORD))).startsWith("HTTP/1.1 200 ");
        assertThat(askSecured("/health/live", null)).containsPattern("^HTTP/1.1 (200|503) ");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0,,false,without a login", "10.1.2.3,,true,without a login", "0.0.0.0,x,false,readable",
            "metrics.example.com,,false,without a login", "0.0.0.0,x,true,", "127.0.0.1,,false,", "localhost,,false,",
            "::1,,false,"})
    void whatOthersReachWithoutLoginOrReadableIsWarnedOf(String host, String password, boolean tls, String warning) {
        Map<String, Object> given = new LinkedHashMap<>(Map.of("admin.host", host));
        if (password != null) {
            given.put("admin.password", password);
        }
        if (tls) {
            given.putAll(Map.of("admin.tls.certificate-file", "c.pem", "admin.tls.key-file", "c.key"));
        }
        Settings settings = Settings.of(given);
        settings.build(() -> AdminSettings.from(settings, 0));
        settings.check();
        if (warning == null) {
            assertThat(settings.warnings()).isEmpty();
        } else {
            assertThat(settings.warnings()).singleElement().asString().contains("admin.host is " + host, warning);
        }
        Settings off = Settings.of(Map.of("admin.host", host, "admin.enabled", false));
        off.build(() -> AdminSettings.from(off, 0));
        assertThat(off.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"admin.tls.certificate-file,c,go together", "admin.tls.keystore-file,c,go together",
            "admin.token,with space,one word of ASCII"})
    void halfACertificateAndATokenThatCannotBeSentAreRejected(String key, String value, String why) {
        Settings settings = Settings.of(Map.of(key, value));
        settings.build(() -> AdminSettings.from(settings, 0));
        assertThatThrownBy(settings::check).isInstanceOf(ConfigException.class).hasMessageContaining(why);
    }

    @Test
    void noSecretIsInWhatIsShownOfSettings() {
        Settings settings = Settings.of(Map.of("admin.password", PASSWORD, "admin.token", TOKEN));
        AdminSettings admin = settings.build(() -> AdminSettings.from(settings, 0)).orElseThrow();
        assertThat(settings.describe() + admin).doesNotContain("hunter2", TOKEN);
    }

    private void start(Map<String, Object> given) {
        Settings settings = Settings.of(given);
        AdminSettings admin = settings.build(() -> AdminSettings.from(settings, 0)).orElseThrow();
        settings.check();
        server = AdminServer.start(admin, new AdminServer.Source(new StageStatus(Clock.systemUTC()), () -> true,
                () -> "metric 1\n", Map::of));
    }

    private String secret(String text) throws IOException {
        return Files.writeString(directory.resolve("secret"), text + "\n").toString();
    }

    private Map<String, Object> pemFiles() throws IOException {
        TlsCertificate certificate = TlsCertificate.ofServer();
        return Map.of("admin.tls.certificate-file",
                Files.writeString(directory.resolve("server.pem"), certificate.pem()), "admin.tls.key-file",
                Files.writeString(directory.resolve("server.key"), certificate.keyPem()));
    }

    /** As an operator makes one. */
    private Map<String, Object> keyStore() throws Exception {
        Path store = directory.resolve("server.p12");
        keytool("-genkeypair", "-alias", "x", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext",
                "SAN=dns:localhost,ip:127.0.0.1", "-keystore", store.toString(), "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "x", "-keystore", store.toString(), "-storepass", "changeit", "-file",
                directory.resolve("server.pem").toString());
        return Map.of("admin.tls.keystore-file", store, "admin.tls.keystore-password", "changeit");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.of(arguments)).toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String ask(String path, String authorization) throws IOException {
        return ask(path, authorization, "localhost");
    }

    private String ask(String path, String authorization, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return answer(socket, path, authorization, host);
        }
    }

    private String askSecured(String path, String authorization) throws IOException {
        try (Socket socket = TlsCertificate.believed(directory.resolve("server.pem")).getSocketFactory()
                .createSocket("localhost", server.port())) {
            return answer(socket, path, authorization, "localhost");
        }
    }

    private static String answer(Socket socket, String path, String authorization, String host) throws IOException {
        String header = authorization == null ? "" : "Authorization: " + authorization + "\r\n";
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
