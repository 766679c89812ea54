package io.tokensync.monitor.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

/**
 * Who is told, and of what.
 *
 * @param installation name in front of every message
 * @param webhook address to post to, a secret since such addresses hold a key
 * @param bot Telegram's
 * @param pausedAfter how long a process waits before people are told
 * @param progress at most one message about progress in this time
 * @param largeSession a session that has published as many records is told of when it has, and when it is complete
 */
public record AlertSettings(String installation, Optional<Secret> webhook, Optional<Bot> bot, Duration pausedAfter,
        Duration progress, long largeSession) {
    private static final String TELEGRAM = "https://api.telegram.org";

    public AlertSettings {
        if (!pausedAfter.isPositive() || !progress.isPositive()) {
            throw new IllegalArgumentException(
                    "monitor.alerts.paused-after and monitor.alerts.progress-interval must be longer than nothing");
        }
        webhook.ifPresent(AlertSettings::requireAddress);
    }

    /**
     * A Telegram bot.
     *
     * @param base address of the API, without a slash at its end
     * @param token of the bot
     * @param chat to write to
     */
    public record Bot(URI base, Secret token, String chat) {
        public Bot {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(chat, "chat");
        }
    }

    /** Nobody is told of anything. */
    public static AlertSettings off() {
        return new AlertSettings("tokensync", Optional.empty(), Optional.empty(), Duration.ofMinutes(5),
                Duration.ofMinutes(10), 1_000);
    }

    /** From {@code monitor.alerts.*}. */
    public static AlertSettings from(Settings settings) {
        AlertSettings off = off();
        return new AlertSettings(settings.text("monitor.alerts.installation", off.installation),
                settings.optionalSecret("monitor.alerts.webhook.url"), bot(settings),
                settings.duration("monitor.alerts.paused-after", off.pausedAfter),
                settings.duration("monitor.alerts.progress-interval", off.progress),
                settings.integer("monitor.alerts.large-session", 1_000, 1, Integer.MAX_VALUE));
    }

    /** Whether anybody is told. */
    public boolean isOn() {
        return webhook.isPresent() || bot.isPresent();
    }

    private static Optional<Bot> bot(Settings settings) {
        URI base = settings.uri("monitor.alerts.telegram.base-url").orElse(URI.create(TELEGRAM));
        Optional<String> chat = settings.optionalText("monitor.alerts.telegram.chat");
        Optional<Secret> token = settings.optionalSecret("monitor.alerts.telegram.token");
        if (chat.isPresent() != token.isPresent()) {
            settings.problem("monitor.alerts.telegram.token and monitor.alerts.telegram.chat go together");
        }
        return token.flatMap(secret -> chat.map(id -> new Bot(base, secret, id)));
    }

    private static void requireAddress(Secret webhook) {
        try {
            if (!URI.create(webhook.reveal()).getScheme().startsWith("http")) {
                throw new IllegalArgumentException("no http");
            }
        } catch (IllegalArgumentException | NullPointerException _) {
            // without the cause, whose text is the address
            throw new IllegalArgumentException("monitor.alerts.webhook.url must be an http or https address");
        }
    }
}
