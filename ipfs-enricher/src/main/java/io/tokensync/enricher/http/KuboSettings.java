package io.tokensync.enricher.http;

import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.Settings;

/**
 * The Kubo nodes that may be asked; no others ever are.
 *
 * @param endpoints in the order in which they are asked; none switches Kubo off
 * @param lookup whether their peers are searched when none of them has the block itself
 * @param concurrency requests under way at each endpoint, own blocks and peers counted apart
 */
public record KuboSettings(List<HttpEndpoint> endpoints, KuboLookup lookup, int concurrency) {
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

    /** Kubo is not asked. */
    public static KuboSettings off() {
        return new KuboSettings(List.of(), KuboLookup.LOCAL, 1);
    }

    /**
     * Reads {@code enricher.kubo.*}.
     *
     * @param maxBytes longest block worth receiving
     */
    public static KuboSettings from(Settings settings, int maxBytes) {
        List<HttpEndpoint> endpoints = HttpEndpoint.from(settings, PREFIX, maxBytes);
        KuboLookup lookup = settings.choice(PREFIX + "lookup", KuboLookup.class, KuboLookup.NETWORK);
        int concurrency = settings.integer(PREFIX + "concurrency", CONCURRENCY, 1, MOST_CONCURRENCY);
        return new KuboSettings(endpoints, lookup, concurrency);
    }
}
