package io.tokensync.monitor.probe;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Secret;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.http.Credentials;
import io.tokensync.common.http.HttpExchange;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.common.runtime.AdminServer;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.tls.PemFiles;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StageProbeTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void aStageThatWaitsSaysSinceWhenAndForWhat() throws Exception {
        StageStatus status = new StageStatus(clock);
        status.waiting(FailureKind.ENVIRONMENT, "SQL error 40544");
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(status, () -> true, () -> "", Map::of));
                StageProbe probe = probe("writer", URI.create("http://127.0.0.1:" + admin.port()))) {
            probe.look();
            assertThat(probe.get()).containsExactly(new StageInstance("writer", "127.0.0.1:" + admin.port(), "WAITING",
                    clock.instant(), "ENVIRONMENT", "SQL error 40544"));
            assertThat(probe.get().getFirst().isPaused()).isTrue();
        }
    }

    @Test
    void aStageThatDoesNotAnswerIsUnreachableSinceTheFirstTime() throws Exception {
        int port;
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(new StageStatus(clock), () -> true, () -> "", Map::of))) {
            port = admin.port();
        }
        try (StageProbe probe = probe("enricher", URI.create("http://127.0.0.1:" + port))) {
            probe.look();
            probe.look();
            assertThat(probe.get()).singleElement().satisfies(instance -> {
                assertThat(instance.state()).isEqualTo(StageInstance.UNREACHABLE);
                assertThat(instance.since()).isEqualTo(clock.instant());
            });
        }
    }

    @Test
    void aStageWhoseHeadHasNoEndKeepsNoConnection() throws Exception {
        try (EndlessHead endless = EndlessHead.start();
                StageProbe probe = probe("writer", endless.address())) {
            for (int look = 0; look < 5; look++) {
                probe.look();
                assertThat(probe.get()).singleElement().extracting(StageInstance::state)
                        .isEqualTo(StageInstance.UNREACHABLE);
            }
            assertThat(endless.accepted()).isEqualTo(5);
            await().untilAsserted(() -> assertThat(endless.open()).isZero());
        }
    }

    @Test
    void anAgentThatHasMadeItsSingleScanCycleIsStoppedAndNotUnreachable() throws Exception {
        StageStatus status = new StageStatus(clock);
        status.running();
        AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(status, () -> true, () -> "", () -> Map.of("once", true)));
        try (StageProbe probe = probe("scanner", URI.create("http://127.0.0.1:" + admin.port()))) {
            probe.look();
            assertThat(probe.get()).extracting(StageInstance::state).containsExactly("RUNNING");
            admin.close();
            probe.look();
            assertThat(probe.get()).extracting(StageInstance::state).containsExactly(StageInstance.STOPPED);
        }
    }

    @Test
    void anEndpointWithLoginAndTlsIsShownWhatItAsksFor(@TempDir Path directory) throws Exception {
        TlsCertificate certificate = TlsCertificate.ofServer();
        Path authority = Files.writeString(directory.resolve("server.pem"), certificate.pem());
        PemFiles files = new PemFiles(authority,
                Files.writeString(directory.resolve("server.key"), certificate.keyPem()));
        Optional<Credentials> login = login("hunter2");
        try (AdminServer admin = AdminServer.start(
                new AdminSettings(true, "127.0.0.1", 0, new ServerAccess(List.of(), login, Optional.of(files))),
                new AdminServer.Source(new StageStatus(clock), () -> true, () -> "", Map::of))) {
            Map<String, List<URI>> address = Map.of("writer", List.of(URI.create("https://127.0.0.1:" + admin.port())));
            assertThat(look(new StageEndpoints(address, login, Optional.of(authority))).state()).isEqualTo("STARTING");
            for (Optional<Credentials> wrong : List.of(login("hunter3"), Optional.<Credentials>empty())) {
                StageInstance asked = look(new StageEndpoints(address, wrong, Optional.of(authority)));
                assertThat(asked.state()).isEqualTo(StageInstance.UNREACHABLE);
                assertThat(asked.cause()).contains("asks for a login", "monitor.stages.password")
                        .doesNotContain("hunter");
            }
            assertThat(look(new StageEndpoints(address, login, Optional.empty())).cause()).contains("SSL");
        }
    }

    /** A name may stand for several addresses, and its certificate has the name. */
    @Test
    void anAddressThatIsAskedForANameHasToShowACertificateOfTheName(@TempDir Path directory) throws Exception {
        TlsCertificate certificate = TlsCertificate.ofServer("dns:localhost");
        Path authority = Files.writeString(directory.resolve("server.pem"), certificate.pem());
        PemFiles files = new PemFiles(authority,
                Files.writeString(directory.resolve("server.key"), certificate.keyPem()));
        ServerAccess access = new ServerAccess(List.of(), Optional.empty(), Optional.of(files));
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0, access),
                new AdminServer.Source(new StageStatus(clock), () -> true, () -> "", Map::of));
                ProbeClients clients = new ProbeClients(Optional.of(authority), Duration.ofSeconds(30))) {
            HttpRequest request = HttpRequest
                    .newBuilder(URI.create("https://127.0.0.1:" + admin.port() + "/health/live")).build();
            assertThat(HttpExchange.send(clients.of("localhost"), request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            for (String other : List.of("127.0.0.1", "writer")) {
                assertThatThrownBy(() -> HttpExchange.send(clients.of(other), request, BodyHandlers.ofString()))
                        .as(other).isInstanceOf(SSLException.class);
            }
        }
    }

    private static Optional<Credentials> login(String password) {
        return Optional.of(new Credentials("tokensync", Optional.of(Secret.of(password)), Optional.empty()));
    }

    private StageInstance look(StageEndpoints endpoints) throws InterruptedException {
        try (StageProbe probe = new StageProbe(endpoints, clock)) {
            probe.look();
            return probe.get().getFirst();
        }
    }

    private StageProbe probe(String stage, URI address) {
        return new StageProbe(StageEndpoints.of(Map.of(stage, List.of(address))), clock);
    }
}
