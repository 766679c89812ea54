package io.tokensync.enricher.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.tokensync.common.config.Settings;

/**
 * How much patience an endpoint deserves.
 *
 * @param connectTimeout for the connection
 * @param firstByteTimeout from the request to the head of the answer
 * @param totalTimeout from the request to the last byte
 * @param maxBytes longest block that is received
 */
public record HttpBounds(Duration connectTimeout, Duration firstByteTimeout, Duration totalTimeout, int maxBytes) {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration FIRST_BYTE = Duration.ofMillis(1_500);
    private static final Duration TOTAL = Duration.ofSeconds(2);

    public HttpBounds {
        requirePositive("connect", connectTimeout);
        requirePositive("first-byte", firstByteTimeout);
        requirePositive("total", totalTimeout);
    }

    /** Reads the timeouts below a prefix such as {@code enricher.kubo.}. */
    static HttpBounds from(Settings settings, String prefix, int maxBytes) {
        return new HttpBounds(settings.duration(prefix + "connect-timeout", CONNECT),
                settings.duration(prefix + "first-byte-timeout", FIRST_BYTE),
                settings.duration(prefix + "total-timeout", TOTAL), maxBytes);
    }

    /** How long the head of an answer is waited for: no longer than for all of it. */
    Duration headTimeout() {
        return firstByteTimeout.compareTo(totalTimeout) < 0 ? firstByteTimeout : totalTimeout;
    }

    /** Endpoints with these bounds. */
    List<HttpEndpoint> endpoints(List<URI> addresses) {
        return addresses.stream().map(address -> new HttpEndpoint(address, this)).toList();
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("the " + name + "-timeout must be longer than zero");
        }
    }
}
