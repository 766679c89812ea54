package io.tokensync.enricher.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.tokensync.common.config.Settings;

/**
 * The API of a Kubo node or a gateway, and how much patience it deserves. Either may search its swarm for a missing block for
 * ever, so no request is without a bound.
 *
 * @param address such as {@code http://127.0.0.1:5001}
 * @param connectTimeout for the connection
 * @param firstByteTimeout from the request to the head of the answer
 * @param totalTimeout from the request to the last byte
 * @param maxBytes longest block that is received
 */
public record HttpEndpoint(URI address, Duration connectTimeout, Duration firstByteTimeout, Duration totalTimeout,
        int maxBytes) {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration FIRST_BYTE = Duration.ofMillis(1_500);
    private static final Duration TOTAL = Duration.ofSeconds(2);

    public HttpEndpoint {
        requirePositive("connect", connectTimeout);
        requirePositive("first-byte", firstByteTimeout);
        requirePositive("total", totalTimeout);
        String scheme = address.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "an IPFS API or gateway address is http:// or https:// with a host, unlike " + shown(address));
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an IPFS API or gateway address has no user, query or fragment; remove them from "
                            + shown(address));
        }
    }

    /**
     * Reads the endpoints and their timeouts below a prefix such as {@code enricher.kubo.}, in the order in which they are asked.
     *
     * @param maxBytes longest block worth receiving
     */
    static List<HttpEndpoint> from(Settings settings, String prefix, int maxBytes) {
        Duration connect = settings.duration(prefix + "connect-timeout", CONNECT);
        Duration firstByte = settings.duration(prefix + "first-byte-timeout", FIRST_BYTE);
        Duration total = settings.duration(prefix + "total-timeout", TOTAL);
        return settings.uris(prefix + "endpoints").stream()
                .map(uri -> new HttpEndpoint(uri, connect, firstByte, total, maxBytes)).toList();
    }

    /** The address as people may see it. */
    public String name() {
        return shown(address);
    }

    /** Where something below the address is found. */
    URI below(String pathAndQuery) {
        String base = address.toString();
        return URI
                .create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("the " + name + "-timeout must be longer than zero");
        }
    }
}
