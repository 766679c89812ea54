package io.tokensync.monitor.probe;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/**
 * HTTP clients by the name of an endpoint. A name stands for several addresses, each of which is asked by its address, and
 * its certificate has the name: whoever asks has to say which one, and the JDK's client can be told for all of its
 * requests only. Each has a TLS context of its own too: sessions of one context are resumed by address, without a look at
 * the name.
 */
final class ProbeClients implements AutoCloseable {
    private final Optional<Path> authorities;
    private final Duration longestWait;
    private final Map<String, HttpClient> byName = new ConcurrentHashMap<>();

    ProbeClients(Optional<Path> authorities, Duration longestWait) {
        var _ = authorities.map(TrustedAuthorities::of); // what is wrong with the file is said now
        this.authorities = authorities;
        this.longestWait = longestWait;
    }

    /** Asks any address as this name or, when it is no name, as what it is. */
    HttpClient of(String name) {
        return byName.computeIfAbsent(name, this::create);
    }

    @Override
    public void close() {
        byName.values().forEach(HttpClient::shutdownNow);
    }

    private HttpClient create(String name) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(longestWait)
                .followRedirects(HttpClient.Redirect.NEVER);
        client.sslContext(authorities.map(TrustedAuthorities::of).orElseGet(TrustedAuthorities::standard));
        serverName(name).ifPresent(server -> {
            SSLParameters tls = new SSLParameters();
            tls.setServerNames(List.of(server));
            client.sslParameters(tls);
        });
        return client.build();
    }

    /** Empty for an address, and for what can be no name in a certificate. */
    private static Optional<SNIServerName> serverName(String name) {
        try {
            return isAddress(name) ? Optional.empty() : Optional.of(new SNIHostName(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String name) {
        try {
            var _ = InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
