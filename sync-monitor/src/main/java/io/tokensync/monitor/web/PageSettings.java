package io.tokensync.monitor.web;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.http.ServerAccess;

/**
 * Where the page is served.
 *
 * @param enabled whether there is one
 * @param host address to bind; without a login, who can reach it can read the page
 * @param port port to bind; 0 for any free one
 * @param access who may read it, and how
 */
public record PageSettings(boolean enabled, String host, int port, ServerAccess access) {
    private static final String PREFIX = "monitor.page";
    public static final KeySection KEYS = KeySection.of(PREFIX);

    private static final ConfigKey<Boolean> ENABLED = KEYS.add(ConfigKey.flag("enabled", true,
            "Whether there is a status page."));
    private static final ConfigKey<String> HOST = KEYS.add(ConfigKey.text("host", "127.0.0.1",
            "Address that it listens on; another one than this is for a login (monitor.page.password) and TLS."));
    private static final ConfigKey<Integer> PORT = KEYS.add(ConfigKey.integer("port", 9400, 0, 65_535,
            "Port that it listens on; 0 for any free one."));
    private static final ServerAccess.Keys ACCESS = new ServerAccess.Keys(KEYS, PREFIX,
            "Host names under which a browser may ask for it, besides addresses and names without a dot.",
            "For the page: ");

    public PageSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(HOST.name() + " must not be blank");
        }
        Objects.requireNonNull(access, "access");
    }

    /** Read by everybody, over plain HTTP. */
    public PageSettings(boolean enabled, String host, int port, List<String> names) {
        this(enabled, host, port, ServerAccess.open(names));
    }

    /** Any free port of the loopback address. */
    public static PageSettings anyPort() {
        return new PageSettings(true, HOST.standard(), 0, List.of());
    }

    /** No page. */
    public static PageSettings off() {
        return new PageSettings(false, HOST.standard(), 0, List.of());
    }

    /** From {@code monitor.page.*}, with a warning when more can read it than should. */
    public static PageSettings from(Settings settings) {
        boolean enabled = settings.get(ENABLED);
        String host = settings.get(HOST);
        ServerAccess access = ACCESS.read(settings, enabled ? Optional.of(host) : Optional.empty());
        return new PageSettings(enabled, host, settings.get(PORT), access);
    }
}
