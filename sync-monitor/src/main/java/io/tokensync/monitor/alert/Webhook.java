package io.tokensync.monitor.alert;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import io.tokensync.common.config.Secret;

/** A POST of {@code {"installation", "level", "title", "text", "at"}}; {@code text} alone is what chat systems show. */
final class Webhook implements AlertChannel {
    private final JsonPost post;
    private final Secret address;
    private final String installation;

    Webhook(JsonPost post, Secret address, String installation) {
        this.post = post;
        this.address = address;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void send(Alert alert) throws NotDelivered, InterruptedException {
        post.send(URI.create(address.reveal()), Map.of("installation", installation, "level",
                alert.level().name().toLowerCase(Locale.ROOT), "title", alert.title(), "text",
                installation + ": " + alert.message(), "at", alert.at().toString()));
    }
}
