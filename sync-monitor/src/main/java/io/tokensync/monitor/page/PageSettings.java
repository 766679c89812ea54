package io.tokensync.monitor.page;

import java.util.List;

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
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 9400;
    private static final int LAST_PORT = 65_535;

    public PageSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("monitor.page.host must not be blank");
        }
        names = List.copyOf(names);
    }

    /** Any free port of the loopback address. */
    public static PageSettings anyPort() {
        return new PageSettings(true, LOOPBACK, 0, List.of());
    }

    /** No page. */
    public static PageSettings off() {
        return new PageSettings(false, LOOPBACK, 0, List.of());
    }

    /** From {@code monitor.page.enabled}, {@code .host}, {@code .port} and {@code .names}. */
    public static PageSettings from(Settings settings) {
        return new PageSettings(settings.flag("monitor.page.enabled", true),
                settings.text("monitor.page.host", LOOPBACK),
                settings.integer("monitor.page.port", PORT, 0, LAST_PORT),
                settings.texts("monitor.page.names", List.of()));
    }
}
