package io.tokensync.common.runtime;

import java.util.List;

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
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;

    public AdminSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("admin.host must not be blank");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("admin.port must be from 0 to " + LAST_PORT + ", not " + port);
        }
        names = List.copyOf(names);
    }

    /** Asked by address, or by a name without a dot. */
    public AdminSettings(boolean enabled, String host, int port) {
        this(enabled, host, port, List.of());
    }

    /** From {@code admin.enabled}, {@code .host}, {@code .port} and {@code .names}. */
    public static AdminSettings from(Settings settings, int defaultPort) {
        return new AdminSettings(settings.flag("admin.enabled", true), settings.text("admin.host", LOOPBACK),
                settings.integer("admin.port", defaultPort, 0, LAST_PORT), settings.texts("admin.names", List.of()));
    }
}
