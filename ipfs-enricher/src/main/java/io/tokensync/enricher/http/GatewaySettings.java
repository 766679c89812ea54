package io.tokensync.enricher.http;

import java.net.URI;
import java.util.List;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * The trustless gateways that may be asked; no others ever are.
 *
 * @param endpoints in the order in which they are asked; none switches gateways off
 * @param concurrency requests under way at each
 */
public record GatewaySettings(List<HttpEndpoint> endpoints, int concurrency) {
    private static final String PREFIX = "enricher.gateway";
    public static final KeySection KEYS = KeySection.of(PREFIX);
    private static final ConfigKey<List<URI>> ENDPOINTS = KEYS.add(ConfigKey.uris("endpoints",
            "Trustless gateways, asked for raw blocks after the Kubo nodes; none switches them off."));
    private static final ConfigKey<Integer> CONCURRENCY = KEYS.add(ConfigKey.integer("concurrency", 64, 1, 10_000,
            "Requests under way at each gateway."));

    static {
        KEYS.include("", EndpointBounds.KEYS);
    }

    public GatewaySettings {
        endpoints = List.copyOf(endpoints);
        CONCURRENCY.require(concurrency);
    }

    /**
     * Reads {@code enricher.gateway.*}.
     *
     * @param maxBytes longest block worth receiving
     */
    public static GatewaySettings from(Settings settings, int maxBytes) {
        return new GatewaySettings(
                EndpointBounds.from(settings, PREFIX, maxBytes).endpoints(settings.get(ENDPOINTS)),
                settings.get(CONCURRENCY));
    }
}
