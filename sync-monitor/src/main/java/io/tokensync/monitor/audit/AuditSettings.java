package io.tokensync.monitor.audit;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
    /** After how long a node counts as quiet when nothing else is said. */
    public static final Duration QUIET = Duration.ofHours(24);

    private static final Duration INTERVAL = Duration.ofMinutes(15);

    public AuditSettings {
        Objects.requireNonNull(sql, "sql");
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("monitor.audit.interval must be longer than nothing");
        }
        if (quiet.toHours() < 1) {
            throw new IllegalArgumentException("monitor.audit.quiet-after must be at least 1h");
        }
    }

    /** From {@code monitor.sql.*} and {@code monitor.audit.*}; empty when no database is named. */
    public static Optional<AuditSettings> from(Settings settings) {
        Duration interval = settings.duration("monitor.audit.interval", INTERVAL);
        Duration quiet = settings.duration("monitor.audit.quiet-after", QUIET);
        if (settings.optionalSecret("monitor.sql.url").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AuditSettings(SqlSettings.from(settings, "monitor.sql"), interval, quiet));
    }
}
