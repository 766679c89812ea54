package io.tokensync.common.kafka.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLEngine;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.tls.FileVersions;

/**
 * Kafka's own factory, made anew when the file of the keys or that of the authorities has been replaced: Kafka's clients read
 * both once and would keep an expired certificate until the process is started again. Each new connection has what is in the
 * files; those that are open stay as they are. Files that cannot be read change nothing. Made by Kafka, by its name.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {
    private static final Logger log = LoggerFactory.getLogger(ReloadingSslEngineFactory.class);

    private Map<String, ?> settings = Map.of();
    private List<String> seen = List.of();
    private SslEngineFactory current;

    /** What properties of a client leave to us: this factory, when they ask for TLS. */
    public static Map<String, Object> defaults(Map<String, String> properties) {
        return properties.getOrDefault("security.protocol", "").toUpperCase(Locale.ROOT).endsWith("SSL")
                ? Map.of(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class)
                : Map.of();
    }

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        settings = configs;
        seen = versions();
        current = read();
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        return current().createClientSslEngine(host, port, endpointIdentification);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        return current().createServerSslEngine(host, port);
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public KeyStore keystore() {
        return current().keystore();
    }

    @Override
    public KeyStore truststore() {
        return current().truststore();
    }

    @Override
    public synchronized void close() throws IOException {
        current.close();
    }

    private synchronized SslEngineFactory current() {
        List<String> now = versions();
        if (!now.equals(seen)) {
            seen = now;
            try {
                current = read();
                log.atInfo().setMessage("certificates for Kafka read again").addKeyValue("files", now).log();
            } catch (KafkaException e) {
                log.atWarn().setMessage("certificates for Kafka cannot be read, going on with those from before")
                        .addKeyValue("files", now).setCause(e).log();
            }
        }
        return current;
    }

    private SslEngineFactory read() {
        SslEngineFactory read = new DefaultSslEngineFactory();
        read.configure(settings);
        return read;
    }

    private List<String> versions() {
        return FileVersions.of(Stream
                .of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
                .map(settings::get).filter(Objects::nonNull).map(file -> Path.of(file.toString())).toList());
    }
}
