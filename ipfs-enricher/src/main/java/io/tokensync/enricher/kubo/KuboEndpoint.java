package io.tokensync.enricher.kubo;

import java.net.URI;
import java.time.Duration;

/**
 * The API of one Kubo node and how much patience it deserves. Kubo searches its swarm for a missing block for ever, so no
 * request is without a bound.
 *
 * @param address such as {@code http://127.0.0.1:5001}; never taken from a record
 * @param connectTimeout for the connection
 * @param firstByteTimeout from the request to the head of the answer
 * @param totalTimeout from the request to the last byte
 * @param maxBytes longest block that is received
 */
public record KuboEndpoint(URI address, Duration connectTimeout, Duration firstByteTimeout, Duration totalTimeout,
        int maxBytes) {
    public KuboEndpoint {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("first-byte-timeout", firstByteTimeout);
        requirePositive("total-timeout", totalTimeout);
        String scheme = address.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a Kubo API address is http:// or https:// with a host, unlike " + shown(address));
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a Kubo API address has no user, query or fragment; remove them from " + shown(address));
        }
    }

    /** The address as people may see it. */
    String name() {
        return shown(address);
    }

    /** Where a command of the API is found. */
    URI command(String pathAndQuery) {
        String base = address.toString();
        return URI
                .create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v0/" + pathAndQuery);
    }

    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("enricher.kubo." + name + " must be longer than zero");
        }
    }
}
