package io.tokensync.enricher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.http.GatewaySettings;
import io.tokensync.enricher.http.KuboSettings;

/**
 * Where content may come from, and how much of it is kept.
 *
 * @param maxCharacters longest content that is kept, in UTF-16 units; at most {@value #MOST_CHARACTERS}
 * @param codebook file by which whole tokens are known; none switches that off
 * @param blockstoreRoots directories below which repositories that records name may be read; none switches that off
 * @param kubo Kubo nodes that may be asked
 * @param gateways trustless gateways that may be asked, after the Kubo nodes
 * @param cacheBytes of fetched content kept in memory
 * @param failuresKept how long an id that was not found is not asked for again at most; at first it is much shorter
 */
public record ContentSettings(int maxCharacters, Optional<Path> codebook, List<Path> blockstoreRoots, KuboSettings kubo,
        GatewaySettings gateways, long cacheBytes, Duration failuresKept) {
    /**
     * The longest content that a producer is sure to take. JSON needs six bytes for a control character, so this much is
     * 900,000 bytes at worst; the rest of the producer's {@code max.request.size}, 1 MiB unless set otherwise, is for the
     * row. A longer record would be rejected each time, and hold up all behind it.
     */
    static final int MOST_CHARACTERS = 150_000;
    static final KeySection KEYS = KeySection.of("enricher");
    private static final ConfigKey<Integer> MAX_CHARACTERS = KEYS.add(ConfigKey.integer("max-characters", 50_000, 1,
            MOST_CHARACTERS, "Longest content that is kept, in UTF-16 units."));
    private static final ConfigKey<Path> CODEBOOK = KEYS.add(ConfigKey.optionalPath("codebook.file",
            "File by which whole tokens are known without asking anybody; made by tokensync codebook build."));
    private static final ConfigKey<List<Path>> BLOCKSTORE_ROOTS = KEYS.add(ConfigKey.paths("blockstore.roots",
            "Directories, as absolute paths, below which repositories that records name may be read; none switches that "
                    + "off."));
    private static final ConfigKey<Long> CACHE_SIZE = KEYS.add(ConfigKey.bytes("cache.size", 16L << 20,
            "Fetched content that is kept in memory.").within(Bounds.atLeast(0L)));
    private static final ConfigKey<Duration> FAILURES_KEPT = KEYS.add(ConfigKey.duration("cache.failures-kept",
            Duration.ofMinutes(5), "How long an id that was not found is not asked for again at most.")
            .within(Bounds.atLeast(Duration.ZERO)));

    public ContentSettings {
        Objects.requireNonNull(kubo, "kubo");
        Objects.requireNonNull(gateways, "gateways");
        blockstoreRoots = List.copyOf(blockstoreRoots);
        MAX_CHARACTERS.require(maxCharacters);
        if (!blockstoreRoots.stream().allMatch(Path::isAbsolute)) {
            throw new IllegalArgumentException(
                    BLOCKSTORE_ROOTS.name() + " must be absolute paths, as the records' own paths are");
        }
        CACHE_SIZE.require(cacheBytes);
        FAILURES_KEPT.require(failuresKept);
    }

    /** From the keys of {@code enricher}; to be called by {@link Settings#build}. */
    static ContentSettings from(Settings settings) {
        int characters = settings.get(MAX_CHARACTERS);
        int maxBytes = ContentReader.maxBlockBytes(characters);
        return new ContentSettings(characters, settings.find(CODEBOOK),
                settings.get(BLOCKSTORE_ROOTS),
                settings.build(() -> KuboSettings.from(settings, maxBytes)).orElse(null),
                settings.build(() -> GatewaySettings.from(settings, maxBytes)).orElse(null),
                settings.get(CACHE_SIZE),
                settings.get(FAILURES_KEPT));
    }
}
