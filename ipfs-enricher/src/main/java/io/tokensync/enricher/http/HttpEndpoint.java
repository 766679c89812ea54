package io.tokensync.enricher.http;

import java.net.URI;

/**
 * The API of a Kubo node or a gateway, and how much longestWait it deserves. Either may search its swarm for a missing
 * block for ever, so no request is without a bound.
 *
 * @param address such as {@code http://127.0.0.1:5001}
 * @param bounds of time and size
 */
public record HttpEndpoint(URI address, EndpointBounds bounds) {
    public HttpEndpoint {
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
}
