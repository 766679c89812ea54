package io.tokensync.common.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.http.ServerAccess;

/**
 * Where the admin endpoint listens, and to whom. It shows no secrets and changes nothing; without a login its place is the
 * loopback address, which is the default.
 *
 * @param enabled whether there is one
 * @param host address to bind
 * @param port port to bind; 0 for any free one
 * @param access who may ask, and how
 */
public record AdminSettings(boolean enabled, String host, int port, ServerAccess access) {
    private static final String PREFIX = "admin";
    static final KeySection KEYS = KeySection.of(PREFIX);

    private static final int PORT_OF_STAGES = 9404;
    private static final int LAST_PORT = 65_535;
    private static final ConfigKey<Boolean> ENABLED = KEYS.add(ConfigKey.flag("enabled", true,
            "Whether there is an admin endpoint: /health/live, /health/ready, /metrics and /status."));
    private static final ConfigKey<String> HOST = KEYS.add(ConfigKey.text("host", "127.0.0.1",
            "Address that it listens on; another one than this is for a login (admin.password or admin.token) and TLS."));
    private static final ConfigKey<Integer> PORT = KEYS.add(ConfigKey.integer("port", PORT_OF_STAGES, 0, LAST_PORT,
            "Port that it listens on, 0 for any free one; when not set 9404 of the scanner, 9405 of the writer, 9406 "
                    + "of the enricher and of the monitor."));
    private static final ServerAccess.Keys ACCESS = new ServerAccess.Keys(KEYS, PREFIX,
            "Host names with a dot under which it may be asked, besides addresses and names without a dot.",
            "For /status and /metrics, while /health/live and /health/ready are open to all: ");

    public AdminSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("admin.host must not be blank");
        }
        PORT.require(port);
        Objects.requireNonNull(access, "access");
    }

    /** Asked by address, or by a name without a dot, by everybody. */
    public AdminSettings(boolean enabled, String host, int port) {
        this(enabled, host, port, ServerAccess.open(List.of()));
    }

    /** From {@code admin.*}, with a warning when more can be read than should be. */
    public static AdminSettings from(Settings settings, int defaultPort) {
        boolean enabled = settings.get(ENABLED);
        String host = settings.get(HOST);
        ServerAccess access = ACCESS.read(settings, enabled ? Optional.of(host) : Optional.empty());
        return new AdminSettings(enabled, host, settings.get(PORT, defaultPort), access);
    }
}
