package io.tokensync.monitor.web;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;

import io.tokensync.common.http.HostCheck;
import io.tokensync.common.http.ReadOnlyServer;

/** The page, served until it is closed. */
public final class StatusPage implements AutoCloseable {
    private final ReadOnlyServer server;
    private final String host;

    private StatusPage(ReadOnlyServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Binds and starts.
     *
     * @throws UncheckedIOException when the address cannot be bound, with what to do about it
     */
    public static StatusPage start(PageSettings settings, PageSources sources, Clock clock) {
        Routes routes = new Routes(new HostCheck(settings.names()), Assets.load(), new Api(sources, clock));
        try {
            return new StatusPage(ReadOnlyServer.start(settings.host(), settings.port(), routes::answer),
                    settings.host());
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException("the status page cannot listen on " + settings.host() + ":"
                    + settings.port() + " (" + e.getCause().getMessage()
                    + "); set monitor.page.host and monitor.page.port, or monitor.page.enabled: false", e.getCause());
        }
    }

    /** The port it listens on; the chosen one when the settings said 0. */
    public int port() {
        return server.port();
    }

    /** Where a browser on this machine finds it. */
    public URI address() {
        return URI.create("http://" + host + ":" + port() + "/");
    }

    @Override
    public void close() {
        server.close();
    }
}
