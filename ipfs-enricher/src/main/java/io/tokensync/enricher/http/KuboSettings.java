package io.tokensync.enricher.http;

import java.util.List;
import java.util.Objects;

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
        AllowedAddresses allowed, HttpBounds bounds) {
    private static final String PREFIX = "enricher.kubo.";
    private static final int CONCURRENCY = 128;
    private static final int MOST_CONCURRENCY = 10_000;

    public KuboSettings {
        endpoints = List.copyOf(endpoints);
        Objects.requireNonNull(lookup, "lookup");
        if (concurrency < 1) {
            throw new IllegalArgumentException("enricher.kubo.concurrency must be at least 1, not " + concurrency);
        }
    }

    /**
     * Reads {@code enricher.kubo.*}.
     *
     * @param maxBytes longest block worth receiving
     */
    public static KuboSettings from(Settings settings, int maxBytes) {
        HttpBounds bounds = HttpBounds.from(settings, PREFIX, maxBytes);
        List<HttpEndpoint> endpoints = bounds.endpoints(settings.uris(PREFIX + "endpoints"));
        List<String> allowed = settings.texts(PREFIX + "record-endpoints", List.of());
        KuboLookup lookup = settings.choice(PREFIX + "lookup", KuboLookup.class, KuboLookup.NETWORK);
        int concurrency = settings.integer(PREFIX + "concurrency", CONCURRENCY, 1, MOST_CONCURRENCY);
        return new KuboSettings(endpoints, lookup, concurrency, AllowedAddresses.parse(allowed), bounds);
    }
}
