package io.tokensync.enricher.http;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * The Kubo nodes that may be asked.
 *
 * @param endpoints in the order in which they are asked; none switches Kubo off
 * @param lookup whether their peers are searched when none of them has the block itself
 * @param concurrency requests under way at each endpoint, own blocks and peers counted apart
 * @param allowed addresses that a record may name, for its own node's blocks; none, unless they are listed
 * @param bounds of the nodes that records name
 */
public record KuboSettings(List<HttpEndpoint> endpoints, KuboLookup lookup, int concurrency,
        AllowedAddresses allowed, EndpointBounds bounds) {
    private static final String PREFIX = "enricher.kubo";
    public static final KeySection KEYS = KeySection.of(PREFIX);
    private static final ConfigKey<List<URI>> ENDPOINTS = KEYS.add(ConfigKey.uris("endpoints",
            "APIs of Kubo nodes, such as http://127.0.0.1:5001, in the order in which they are asked; none switches Kubo off."));
    private static final ConfigKey<List<String>> RECORD_ENDPOINTS = KEYS.add(ConfigKey.texts("record-endpoints",
            List.of(), "Addresses that a record may name for its own node's blocks, as networks and ports, such as "
                    + "10.1.0.0/16:5002-5600."));
    private static final ConfigKey<KuboLookup> LOOKUP = KEYS.add(ConfigKey.choice("lookup", KuboLookup.class,
            KuboLookup.NETWORK, "Whether the nodes' peers are searched when none of the nodes has the block itself."));
    private static final ConfigKey<Integer> CONCURRENCY = KEYS.add(ConfigKey.integer("concurrency", 128, 1, 10_000,
            "Requests under way at each endpoint, own blocks and peers counted apart."));

    static {
        KEYS.include("", EndpointBounds.KEYS);
    }

    public KuboSettings {
        endpoints = List.copyOf(endpoints);
        Objects.requireNonNull(lookup, "lookup");
        CONCURRENCY.require(concurrency);
    }

    /**
     * Reads {@code enricher.kubo.*}.
     *
     * @param maxBytes longest block worth receiving
     */
    public static KuboSettings from(Settings settings, int maxBytes) {
        EndpointBounds bounds = EndpointBounds.from(settings, PREFIX, maxBytes);
        List<HttpEndpoint> endpoints = bounds.endpoints(settings.get(ENDPOINTS));
        List<String> allowed = settings.get(RECORD_ENDPOINTS);
        KuboLookup lookup = settings.get(LOOKUP);
        int concurrency = settings.get(CONCURRENCY);
        return new KuboSettings(endpoints, lookup, concurrency, AllowedAddresses.parse(allowed), bounds);
    }
}
