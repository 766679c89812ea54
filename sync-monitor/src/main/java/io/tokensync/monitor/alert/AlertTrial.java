package io.tokensync.monitor.alert;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tries one way to people, for whoever sets it up. Never names its address, which may hold a secret. */
public final class AlertTrial {
    private static final int TIMEOUT_MILLIS = 12_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final String name;
    private final URI server;
    private final Function<JsonPost, AlertChannel> channel;

    private AlertTrial(String name, URI server, Function<JsonPost, AlertChannel> channel) {
        this.name = name;
        this.server = server;
        this.channel = channel;
    }

    /** The configured ones. */
    public static List<AlertTrial> of(AlertSettings settings) {
        List<AlertTrial> trials = new ArrayList<>();
        settings.webhook().ifPresent(url -> trials.add(new AlertTrial("webhook", URI.create(url.reveal()),
                post -> new Webhook(post, url, settings.installation()))));
        settings.bot().ifPresent(bot -> trials.add(new AlertTrial("telegram", bot.base(),
                post -> new Telegram(post, bot, settings.installation()))));
        return trials;
    }

    public String name() {
        return name;
    }

    /** Connects to its server, and says nothing there. */
    public void reach() throws IOException {
        int standard = "https".equals(server.getScheme()) ? HTTPS : HTTP;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(),
                    server.getPort() < 0 ? standard : server.getPort()), TIMEOUT_MILLIS);
        } catch (UnknownHostException _) {
            throw new IOException("there is no host of this name");
        }
    }

    /**
     * Sends a message that says that it is a test.
     *
     * @throws IOException when it has not arrived, or nobody knows
     */
    public void send(Instant at) throws IOException, InterruptedException {
        try (JsonPost post = new JsonPost()) {
            channel.apply(post).send(new Alert(Alert.Level.INFO, "test of the alerts",
                    "Somebody has run tokensync check --send-test. Nothing is wrong.", at));
        } catch (NotDelivered e) {
            throw new IOException("not delivered: " + e.getMessage(), e);
        }
    }
}
