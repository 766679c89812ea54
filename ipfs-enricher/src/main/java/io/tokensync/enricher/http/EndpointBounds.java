package io.tokensync.enricher.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * How much longestWait an endpoint deserves.
 *
 * @param connectTimeout for the connection
 * @param firstByteTimeout from the request to the head of the answer
 * @param totalTimeout from the request to the last byte
 * @param maxBytes longest block that is received
 */
public record EndpointBounds(Duration connectTimeout, Duration firstByteTimeout, Duration totalTimeout, int maxBytes) {
    /** Of the timeouts, to be included by the section of a source. */
    static final KeySection KEYS = KeySection.template();
    private static final ConfigKey<Duration> CONNECT = KEYS.add(ConfigKey.duration("connect-timeout",
            Duration.ofMillis(500), "How long making a connection may take.").within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> FIRST_BYTE = KEYS.add(ConfigKey.duration("first-byte-timeout",
            Duration.ofMillis(1_500), "How long the head of an answer is waited for.").within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> TOTAL = KEYS.add(ConfigKey.duration("total-timeout",
            Duration.ofSeconds(2), "How long all of an answer is waited for.").within(Bounds.POSITIVE));

    public EndpointBounds {
        CONNECT.require(connectTimeout);
        FIRST_BYTE.require(firstByteTimeout);
        TOTAL.require(totalTimeout);
    }

    /** Reads the timeouts below a prefix such as {@code enricher.kubo}. */
    static EndpointBounds from(Settings settings, String prefix, int maxBytes) {
        return new EndpointBounds(settings.get(CONNECT.below(prefix)), settings.get(FIRST_BYTE.below(prefix)),
                settings.get(TOTAL.below(prefix)), maxBytes);
    }

    /** How long the head of an answer is waited for: no longer than for all of it. */
    Duration headTimeout() {
        return firstByteTimeout.compareTo(totalTimeout) < 0 ? firstByteTimeout : totalTimeout;
    }

    /** Endpoints with these bounds. */
    List<HttpEndpoint> endpoints(List<URI> addresses) {
        return addresses.stream().map(address -> new HttpEndpoint(address, this)).toList();
    }
}
