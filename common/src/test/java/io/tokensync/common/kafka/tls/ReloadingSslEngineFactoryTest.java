package io.tokensync.common.kafka.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.testkit.tls.CertificateAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/** Which certificates the next connection has. */
class ReloadingSslEngineFactoryTest {
    @TempDir
    private Path directory;
    private CertificateAuthority authority;

    @BeforeEach
    void authority() throws Exception {
        authority = CertificateAuthority.create(directory);
        replace("authority.pem", authority.pem());
        replace("client.pem", authority.issue("client").keystore());
    }

    @Test
    void aFileThatIsReplacedIsReadForTheNextConnection() throws Exception {
        try (ReloadingSslEngineFactory factory = factory()) {
            factory.createClientSslEngine("localhost", 1, "https");
            Certificate before = certificate(factory);
            assertThat(certificate(factory)).isEqualTo(before);
            replace("client.pem", authority.issue("client").keystore());
            factory.createClientSslEngine("localhost", 1, "https");
            assertThat(certificate(factory)).isNotEqualTo(before);
        }
    }

    @Test
    void aFileThatCannotBeReadLeavesWhatWasThereInUseUntilItCanBe() throws Exception {
        try (ReloadingSslEngineFactory factory = factory()) {
            Certificate before = certificate(factory);
            String half = authority.issue("client").keyPem();
            replace("client.pem", half);
            assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
            assertThat(certificate(factory)).isEqualTo(before);
            Files.delete(directory.resolve("client.pem"));
            assertThat(certificate(factory)).isEqualTo(before);
            replace("client.pem", authority.issue("client").keystore());
            assertThat(certificate(factory)).isNotEqualTo(before);
        }
    }

    @Test
    void onlyClientsThatUseTlsHaveIt() {
        assertThat(ReloadingSslEngineFactory.defaults(Map.of())).isEmpty();
        assertThat(ReloadingSslEngineFactory.defaults(Map.of("security.protocol", "SASL_PLAINTEXT"))).isEmpty();
        assertThat(ReloadingSslEngineFactory.defaults(Map.of("security.protocol", "sasl_ssl")))
                .containsEntry(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class);
    }

    private ReloadingSslEngineFactory factory() {
        ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
        factory.configure(Map.of(SslConfigs.SSL_PROTOCOL_CONFIG, "TLSv1.3",
                SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, List.of("TLSv1.3"), SslConfigs.SSL_CIPHER_SUITES_CONFIG,
                List.of(),
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM",
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, directory.resolve("client.pem").toString(),
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM",
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, directory.resolve("authority.pem").toString(),
                SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG, "SunX509",
                SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG, "PKIX"));
        return factory;
    }

    private static Certificate certificate(ReloadingSslEngineFactory factory) throws Exception {
        KeyStore keys = factory.keystore();
        return keys.getCertificate(Collections.list(keys.aliases()).getFirst());
    }

    private void replace(String name, String text) throws Exception {
        Path next = Files.writeString(directory.resolve(name + ".next"), text);
        Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
