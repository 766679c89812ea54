package io.tokensync.monitor.web;

import java.util.List;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * Where the page is served.
 *
 * @param enabled whether there is one
 * @param host address to bind; who can reach it can read the page
 * @param port port to bind; 0 for any free one
 * @param names host names under which a browser may ask for it, besides addresses and names without a dot
 */
public record PageSettings(boolean enabled, String host, int port, List<String> names) {
    public static final KeySection KEYS = KeySection.of("monitor.page");

    private static final ConfigKey<Boolean> ENABLED = KEYS.add(ConfigKey.flag("enabled", true,
            "Whether there is a status page."));
    private static final ConfigKey<String> HOST = KEYS.add(ConfigKey.text("host", "127.0.0.1",
            "Address that it listens on; it has no login, so who can reach it can read it."));
    private static final ConfigKey<Integer> PORT = KEYS.add(ConfigKey.integer("port", 9400, 0, 65_535,
            "Port that it listens on; 0 for any free one."));
    private static final ConfigKey<List<String>> NAMES = KEYS.add(ConfigKey.texts("names", List.of(),
            "Host names under which a browser may ask for it, besides addresses and names without a dot."));

    public PageSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(HOST.name() + " must not be blank");
        }
        names = List.copyOf(names);
    }

    /** Any free port of the loopback address. */
    public static PageSettings anyPort() {
        return new PageSettings(true, HOST.standard(), 0, List.of());
    }

    /** No page. */
    public static PageSettings off() {
        return new PageSettings(false, HOST.standard(), 0, List.of());
    }

    /** From {@code monitor.page.*}. */
    public static PageSettings from(Settings settings) {
        return new PageSettings(settings.get(ENABLED), settings.get(HOST), settings.get(PORT),
                settings.get(NAMES));
    }
}
