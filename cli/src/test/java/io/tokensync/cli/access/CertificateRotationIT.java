package io.tokensync.cli.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Settings;
import io.tokensync.testkit.kafka.SecuredKafka;
import io.tokensync.testkit.tls.CertificateAuthority;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Stages that are who their certificates say, while all certificates are exchanged: nobody is started again but the broker. */
class CertificateRotationIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void certificatesAndTheirAuthorityAreExchangedWhileEverythingRuns() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.mutualTls(directory);
                GuardedInstallation installation = new GuardedInstallation(directory, kafka,
                        role -> kafka.certificate(name(role)))) {
            RoleGrants grants = new RoleGrants(InstallationNames.from(Settings.of(Map.of())));
            GuardedInstallation.STAGES.forEach(role -> kafka.allow(grants.of(role).stream()
                    .flatMap(grant -> grant.bindings("User:CN=" + name(role))).toList()));
            GuardedInstallation.STAGES.forEach(installation::start);
            installation.work();
            installation.awaitAll(LONGEST_WAIT);

            TlsCertificate issued = kafka.replaceCertificate();
            await("the broker's new certificate").atMost(LONGEST_WAIT)
                    .until(() -> shown(kafka.bootstrapServers()).equals(issued.pem()));
            installation.work();
            installation.awaitAll(LONGEST_WAIT);

            kafka.replaceAuthority(GuardedInstallation.STAGES.stream().map(CertificateRotationIT::name).toList());
            installation.work();
            installation.awaitAll(LONGEST_WAIT);
            assertThat(installation.deadLetters().values()).containsOnly(installation.worked());
        }
    }

    private static String name(KafkaRole role) {
        return "tokensync-" + role.option();
    }

    /** The certificate that a server shows, as text. */
    private String shown(String address) throws GeneralSecurityException, IOException {
        String[] parts = address.split(":", -1);
        try (SSLSocket socket = (SSLSocket) TlsCertificate.believed(directory.resolve("authority.pem"))
                .getSocketFactory().createSocket(parts[0], Integer.parseInt(parts[1]))) {
            socket.startHandshake();
            return CertificateAuthority.pem("CERTIFICATE", socket.getSession().getPeerCertificates()[0].getEncoded());
        }
    }
}
