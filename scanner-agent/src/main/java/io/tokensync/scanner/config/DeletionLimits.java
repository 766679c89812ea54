package io.tokensync.scanner.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.scanner.state.TrackedDatabase.Held;

/**
 * When rows that have vanished are believed to be gone. A table that has lost more than its share at once looks like a
 * database that was replaced or restored: the deletions are deferred until the operator confirms, or, where that is
 * configured, until the same rows have been missing for hours. A restored backup looks the same in every scan, so that many
 * scans in a row say no more than one.
 *
 * @param maxRatio share of a table's published rows that may vanish at once, from 0 to 1
 * @param confirmAfter how long scans must have missed the same rows until that confirms itself; zero for never
 * @param confirmedNodes nodes whose deletions the operator has confirmed, also that of a whole database that is gone
 */
public record DeletionLimits(double maxRatio, Duration confirmAfter, Set<String> confirmedNodes) {
    /** So few rows are never deferred: small tables change by large shares. */
    static final int HANDFUL = 10;

    public static final KeySection KEYS = KeySection.of("scanner");
    private static final ConfigKey<Double> MAX_RATIO = KEYS.add(ConfigKey.ratio("max-delete-ratio", 0.5,
            "Share of a table's published rows that may vanish at once; when more do, their deletions wait for "
                    + "tokensync scanner confirm.")
            .within(Bounds.of(0.0, 1.0)));
    private static final ConfigKey<Duration> CONFIRM_AFTER = KEYS.add(ConfigKey.duration("confirm-after",
            Duration.ZERO, "How long scans must have missed the same rows until that confirms itself; 0s for never.")
            .within(Bounds.atLeast(Duration.ZERO)));
    private static final ConfigKey<List<String>> CONFIRMED = KEYS.add(ConfigKey.texts("confirm-deletes", List.of(),
            "Nodes whose deletions are confirmed, also that of a whole database that is gone."));

    /** Half of a table; only an operator. */
    public static final DeletionLimits DEFAULT = new DeletionLimits(MAX_RATIO.standard(), CONFIRM_AFTER.standard(),
            Set.of());

    public DeletionLimits {
        MAX_RATIO.require(maxRatio);
        CONFIRM_AFTER.require(confirmAfter);
        confirmedNodes = Set.copyOf(confirmedNodes);
    }

    static DeletionLimits from(Settings settings) {
        return new DeletionLimits(settings.get(MAX_RATIO), settings.get(CONFIRM_AFTER),
                Set.copyOf(settings.get(CONFIRMED)));
    }

    /** Whether the same rows have been missing for so long that they are believed to be gone. */
    public boolean isDue(Held held) {
        return confirmAfter.isPositive() && held.time().compareTo(confirmAfter) >= 0;
    }

    /** Whether so many missing rows of a table need confirmation. */
    public boolean doubts(String nodeName, long missing, long published) {
        return missing > HANDFUL && missing > maxRatio * published && !confirmedNodes.contains(nodeName);
    }
}
