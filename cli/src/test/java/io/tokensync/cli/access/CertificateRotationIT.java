package io.tokensync.cli.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.testkit.kafka.SecuredKafka;
import io.tokensync.testkit.tls.CertificateAuthority.Issued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Stages that are who their certificates say, while all certificates are exchanged: nobody is started again but the broker. */
class CertificateRotationIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final List<KafkaRole> STAGES = List.of(KafkaRole.SCANNER, KafkaRole.ENRICHER, KafkaRole.WRITER,
            KafkaRole.MONITOR);

    @TempDir
    private Path directory;

    @Test
    void certificatesAndTheirAuthorityAreExchangedWhileEverythingRuns() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.mutualTls(directory);
                GuardedInstallation installation = new GuardedInstallation(directory, kafka,
                        role -> kafka.certificate(name(role)))) {
            RoleGrants grants = new RoleGrants(InstallationNames.from(Settings.of(Map.of())));
            STAGES.forEach(role -> kafka.allow(grants.of(role).stream()
                    .flatMap(grant -> grant.bindings("User:CN=" + name(role))).toList()));
            STAGES.forEach(installation::start);
            installation.work();
            awaitAll(installation);

            Issued issued = kafka.replaceCertificate();
            await("the broker's new certificate").atMost(LONGEST_WAIT)
                    .until(() -> shown(kafka.bootstrapServers()).equals(serial(issued.pem())));
            installation.work();
            awaitAll(installation);

            kafka.replaceAuthority(STAGES.stream().map(CertificateRotationIT::name).toList());
            installation.work();
            awaitAll(installation);
            assertThat(installation.deadLetters().values()).containsOnly(installation.worked());
        }
    }

    private static String name(KafkaRole role) {
        return "tokensync-" + role.option();
    }

    private static void awaitAll(GuardedInstallation installation) throws InterruptedException {
        Map<TopicPartition, Long> unread = installation.unread();
        await("all rows").atMost(LONGEST_WAIT).dontCatchUncaughtExceptions().until(installation::isComplete);
        await("all receipts and requests").atMost(LONGEST_WAIT).dontCatchUncaughtExceptions()
                .until(() -> installation.isRead(unread));
        STAGES.forEach(role -> await(role + " runs").atMost(LONGEST_WAIT).dontCatchUncaughtExceptions()
                .until(() -> installation.stage(role).status().snapshot().state() == State.RUNNING));
    }

    private static BigInteger serial(String pem) throws GeneralSecurityException {
        return ((X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
                .getSerialNumber();
    }

    /** Of the certificate that a server shows. */
    private static BigInteger shown(String address) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new Anybody()}, null);
        String[] parts = address.split(":", -1);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(parts[0],
                Integer.parseInt(parts[1]))) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    /** Looks without judging. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
