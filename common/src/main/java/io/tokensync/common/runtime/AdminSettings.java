package io.tokensync.common.runtime;

import java.util.List;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * Where the admin endpoint listens. It shows no secrets and changes nothing, but has no login either: the default is the
 * loopback address.
 *
 * @param enabled whether there is one
 * @param host address to bind
 * @param port port to bind; 0 for any free one
 * @param names host names with a dot under which it may be asked, besides addresses
 */
public record AdminSettings(boolean enabled, String host, int port, List<String> names) {
    static final KeySection KEYS = KeySection.of("admin");

    private static final int PORT_OF_STAGES = 9404;
    private static final int LAST_PORT = 65_535;
    private static final ConfigKey<Boolean> ENABLED = KEYS.add(ConfigKey.flag("enabled", true,
            "Whether there is an admin endpoint: /health/live, /health/ready, /metrics and /status."));
    private static final ConfigKey<String> HOST = KEYS.add(ConfigKey.text("host", "127.0.0.1",
            "Address that it listens on; it has no login."));
    private static final ConfigKey<Integer> PORT = KEYS.add(ConfigKey.integer("port", PORT_OF_STAGES, 0, LAST_PORT,
            "Port that it listens on, 0 for any free one; when not set 9404 of the scanner, 9405 of the writer, 9406 "
                    + "of the enricher and of the monitor."));
    private static final ConfigKey<List<String>> NAMES = KEYS.add(ConfigKey.texts("names", List.of(),
            "Host names with a dot under which it may be asked, besides addresses and names without a dot."));

    public AdminSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("admin.host must not be blank");
        }
        PORT.require(port);
        names = List.copyOf(names);
    }

    /** Asked by address, or by a name without a dot. */
    public AdminSettings(boolean enabled, String host, int port) {
        this(enabled, host, port, List.of());
    }

    /** From {@code admin.*}. */
    public static AdminSettings from(Settings settings, int defaultPort) {
        return new AdminSettings(settings.get(ENABLED), settings.get(HOST), settings.get(PORT, defaultPort),
                settings.get(NAMES));
    }
}
