package io.tokensync.enricher.http;

import java.util.List;

import io.tokensync.common.config.Settings;

/**
 * The trustless gateways that may be asked; no others ever are.
 *
 * @param endpoints in the order in which they are asked; none switches gateways off
 * @param concurrency requests under way at each
 */
public record GatewaySettings(List<HttpEndpoint> endpoints, int concurrency) {
    private static final String PREFIX = "enricher.gateway.";
    private static final int CONCURRENCY = 64;
    private static final int MOST_CONCURRENCY = 10_000;

    public GatewaySettings {
        endpoints = List.copyOf(endpoints);
        if (concurrency < 1) {
            throw new IllegalArgumentException("enricher.gateway.concurrency must be at least 1, not " + concurrency);
        }
    }

    /**
     * Reads {@code enricher.gateway.*}.
     *
     * @param maxBytes longest block worth receiving
     */
    public static GatewaySettings from(Settings settings, int maxBytes) {
        return new GatewaySettings(
                HttpBounds.from(settings, PREFIX, maxBytes).endpoints(settings.uris(PREFIX + "endpoints")),
                settings.integer(PREFIX + "concurrency", CONCURRENCY, 1, MOST_CONCURRENCY));
    }
}
