package io.tokensync.monitor.web;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Set;

import io.tokensync.common.http.AccessControl;
import io.tokensync.common.http.ReadOnlyServer;

/** The page, served until it is closed. */
public final class StatusPage implements AutoCloseable {
    private final ReadOnlyServer server;
    private final PageSettings settings;

    private StatusPage(ReadOnlyServer server, PageSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Binds and starts.
     *
     * @throws UncheckedIOException when the address cannot be bound, with what to do about it
     */
    public static StatusPage start(PageSettings settings, PageSources sources, Clock clock) {
        Routes routes = new Routes(new AccessControl(settings.access(), "monitor.page.names", Set.of()), Assets.load(),
                new Api(sources, clock));
        try {
            return new StatusPage(ReadOnlyServer.start(settings.host(), settings.port(),
                    settings.access().certificate(), routes::answer), settings);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException("the status page cannot listen on " + settings.host() + ":"
                    + settings.port() + " (" + e.getCause().getMessage()
                    + "); set monitor.page.host, monitor.page.port and monitor.page.tls, or monitor.page.enabled: false",
                    e.getCause());
        }
    }

    /** The port it listens on; the chosen one when the settings said 0. */
    public int port() {
        return server.port();
    }

    /** Where a browser on this machine finds it. */
    public URI address() {
        String scheme = settings.access().certificate().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + settings.host() + ":" + port() + "/");
    }

    @Override
    public void close() {
        server.close();
    }
}
