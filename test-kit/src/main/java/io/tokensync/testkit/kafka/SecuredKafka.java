package io.tokensync.testkit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;

import io.tokensync.embedded.BrokerLogin;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;
import io.tokensync.testkit.tls.CertificateAuthority;
import io.tokensync.testkit.tls.TlsCertificate;

/**
 * A broker as a cluster has it in production: connections over TLS, users that it knows, and nothing that an ACL does not allow.
 * Users log in with SCRAM-SHA-512, or are who their certificate says.
 */
public final class SecuredKafka implements AutoCloseable {
    private static final String LISTENER = "listener.name.client.";
    private static final String NAME = "broker";
    private static final int ITERATIONS = 4_096;
    private static final Duration APPLIED = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final Path directory;
    private final EmbeddedKafkaOptions options;
    private final Map<String, String> administrator;
    private CertificateAuthority authority;
    private EmbeddedKafka broker;
    private Admin admin;

    private SecuredKafka(Path directory, CertificateAuthority authority, EmbeddedKafkaOptions options,
            Map<String, String> administrator) {
        this.directory = directory;
        this.authority = authority;
        this.options = options;
        this.administrator = Map.copyOf(administrator);
        start();
    }

    /** Clients log in by name and password, over TLS. */
    public static SecuredKafka scram(Path directory) {
        CertificateAuthority authority = CertificateAuthority.create(directory);
        BrokerLogin owner = BrokerLogin.random();
        Map<String, String> settings = settings(directory, authority);
        settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:SASL_PLAINTEXT");
        // The broker itself and the administrator of the tests have the plain login; everybody else has SCRAM.
        settings.put(LISTENER + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        settings.put(LISTENER + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("super.users", "User:" + owner.user());
        Map<String, String> administrator = new HashMap<>(owner.clientProperties());
        administrator.putAll(trusting(directory));
        administrator.put("security.protocol", "SASL_SSL");
        return new SecuredKafka(directory, authority, options(directory, settings).withLogin(owner), administrator);
    }

    /** Clients are who their certificates say. */
    public static SecuredKafka mutualTls(Path directory) {
        CertificateAuthority authority = CertificateAuthority.create(directory);
        Map<String, String> settings = settings(directory, authority);
        settings.put("listener.security.protocol.map", "CLIENT:SSL,CONTROLLER:PLAINTEXT");
        settings.put("ssl.client.auth", "required");
        settings.put("super.users", "User:CN=" + NAME + ";User:ANONYMOUS"); // who on the controller's listener is itself
        Map<String, String> administrator = trusting(directory);
        administrator.put("security.protocol", "SSL");
        administrator.put("ssl.keystore.type", "PEM");
        administrator.put("ssl.keystore.location", keystore(directory, NAME).toString());
        return new SecuredKafka(directory, authority, options(directory, settings), administrator);
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** How the administrator, who may do everything, logs in. */
    public Map<String, String> administrator() {
        return administrator;
    }

    /** Of the administrator; closed with the broker. */
    public Admin admin() {
        return admin;
    }

    /** A new user of SCRAM, or a new password of one: what a client's properties have to say. */
    public Map<String, String> user(String name, String password) {
        await(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password))).all());
        Map<String, String> properties = trusting(directory);
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "SCRAM-SHA-512");
        properties.put("sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + name + "\" password=\"" + password + "\";");
        return properties;
    }

    /** A new certificate of this name in the client's file: what its properties have to say. */
    public Map<String, String> certificate(String name) {
        replace(keystore(directory, name), authority.issue(name).keystore());
        Map<String, String> properties = trusting(directory);
        properties.put("security.protocol", "SSL");
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", keystore(directory, name).toString());
        return properties;
    }

    /** Puts a new certificate into the broker's file and has it read, without a restart; the certificate. */
    public TlsCertificate replaceCertificate() {
        TlsCertificate issued = authority.issue(NAME);
        Path file = keystore(directory, NAME);
        replace(file, issued.keystore());
        await(admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"),
                List.of(new AlterConfigOp(new ConfigEntry(LISTENER + "ssl.keystore.location", file.toString()),
                        AlterConfigOp.OpType.SET))))
                .all());
        return issued;
    }

    /**
     * Another authority in place of the one until now, as it is done while everything runs: first both are trusted, then the broker
     * and these clients have new certificates, then only the new one is trusted. The broker is started again on its address, so that
     * no connection from before is left.
     */
    public void replaceAuthority(List<String> clients) {
        CertificateAuthority next = CertificateAuthority.create(subdirectory("next"));
        replace(authorities(directory), authority.pem() + next.pem());
        authority = next;
        clients.forEach(this::certificate);
        replace(keystore(directory, NAME), next.issue(NAME).keystore());
        replace(authorities(directory), next.pem());
        close();
        start();
    }

    /** Gives rights, and returns when the broker judges by them. */
    public void allow(Collection<AclBinding> rights) {
        await(admin.createAcls(rights).all());
        Awaitility.await("rights").atMost(APPLIED).pollInterval(OFTEN).until(() -> rights().containsAll(rights));
    }

    /** Takes rights away, likewise. */
    public void disallow(Collection<AclBinding> rights) {
        await(admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all());
        Awaitility.await("rights").atMost(APPLIED).pollInterval(OFTEN)
                .until(() -> Collections.disjoint(rights(), rights));
    }

    /** All rights that there are, as the broker judges by. */
    public Collection<AclBinding> rights() {
        return await(admin.describeAcls(AclBindingFilter.ANY).values());
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }

    /** Waits for an answer to the administrator. */
    public static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void start() {
        broker = EmbeddedKafka.start(options);
        Map<String, Object> properties = new HashMap<>(administrator);
        properties.put("bootstrap.servers", bootstrapServers());
        admin = Admin.create(properties);
    }

    private Path subdirectory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedKafkaOptions options(Path directory, Map<String, String> settings) {
        return EmbeddedKafkaOptions.in(directory.resolve("kafka")).withProperties(settings);
    }

    private static Path authorities(Path directory) {
        return directory.resolve("authority.pem");
    }

    private static Map<String, String> settings(Path directory, CertificateAuthority authority) {
        replace(authorities(directory), authority.pem());
        replace(keystore(directory, NAME), authority.issue(NAME).keystore());
        Map<String, String> settings = trusting(directory);
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", keystore(directory, NAME).toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        return settings;
    }

    private static Map<String, String> trusting(Path directory) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", authorities(directory).toString());
        return settings;
    }

    private static Path keystore(Path directory, String name) {
        return directory.resolve(name + ".pem");
    }

    /** At once, as somebody who rotates certificates has to: nobody reads half of it. */
    private static void replace(Path file, String text) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
