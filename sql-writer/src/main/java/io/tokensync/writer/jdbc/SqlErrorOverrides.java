package io.tokensync.writer.jdbc;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.failure.FailureKind;

/**
 * Error numbers that mean something else on this database than the tables say, or that the tables do not know.
 *
 * @param kinds by error number
 */
public record SqlErrorOverrides(Map<Integer, FailureKind> kinds) {
    /** As the tables say. */
    public static final SqlErrorOverrides NONE = new SqlErrorOverrides(Map.of());

    public static final KeySection KEYS = KeySection.of("writer");

    private static final ConfigKey<Map<String, String>> ERRORS = KEYS.add(ConfigKey.map("errors",
            "What an error number of the database means here, where it is not what Azure SQL documents, such as "
                    + "writer.errors.50001: transient; or throttled, conflict, oversized, environment, poison, "
                    + "unknown-outcome, fatal."));

    public SqlErrorOverrides {
        kinds = Map.copyOf(kinds);
    }

    /** Reads {@code writer.errors}: a kind, such as {@code transient} or {@code environment}, for each error number. */
    public static SqlErrorOverrides from(Settings settings) {
        Map<Integer, FailureKind> kinds = new HashMap<>();
        settings.map(ERRORS).forEach((number, kind) -> {
            try {
                kinds.put(Integer.valueOf(number),
                        FailureKind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException _) {
                settings.problem(ERRORS.name() + "." + number + " = " + kind + ": must be an error number and one of "
                        + "transient, throttled, conflict, oversized, environment, poison, unknown-outcome, fatal");
            }
        });
        return new SqlErrorOverrides(kinds);
    }
}
