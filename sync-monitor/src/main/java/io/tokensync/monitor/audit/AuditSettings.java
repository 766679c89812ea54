package io.tokensync.monitor.audit;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;

/**
 * The table to audit.
 *
 * @param sql where it is; a login that may only SELECT is enough
 * @param interval between two audits
 * @param quiet after how long without news a node counts as quiet; whole hours
 */
public record AuditSettings(SqlSettings sql, Duration interval, Duration quiet) {
    public static final KeySection KEYS = KeySection.of("monitor");

    private static final String SQL = "monitor.sql";
    private static final ConfigKey<Duration> INTERVAL = KEYS.add(ConfigKey.duration("audit.interval",
            Duration.ofMinutes(15), "Between two audits of the table; there is none without monitor.sql.url.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> QUIET_AFTER = KEYS.add(ConfigKey.duration("audit.quiet-after",
            Duration.ofHours(24), "Without any news, after which a node counts as quiet; whole hours.")
            .within(Bounds.atLeast(Duration.ofHours(1))));

    /** After how long a node counts as quiet when nothing else is said. */
    public static final Duration QUIET = QUIET_AFTER.standard();

    static {
        KEYS.include("sql", SqlSettings.KEYS);
    }

    public AuditSettings {
        Objects.requireNonNull(sql, "sql");
        INTERVAL.require(interval);
        QUIET_AFTER.require(quiet);
    }

    /** From {@code monitor.sql.*} and {@code monitor.audit.*}; empty when no database is named. */
    public static Optional<AuditSettings> from(Settings settings) {
        Duration interval = settings.get(INTERVAL);
        Duration quiet = settings.get(QUIET_AFTER);
        if (settings.find(SqlSettings.URL.below(SQL)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AuditSettings(SqlSettings.from(settings, SQL), interval, quiet));
    }
}
