package io.tokensync.monitor.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
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
 * @param largeSession a session that has published as many records is notified of when it has, and when it is complete
 */
public record AlertSettings(String installation, Optional<Secret> webhook, Optional<Bot> bot, Duration pausedAfter,
        Duration progress, long largeSession) {
    public static final KeySection KEYS = KeySection.of("monitor.alerts");

    private static final ConfigKey<String> INSTALLATION = KEYS.add(ConfigKey.text("installation", "tokensync",
            "Name in front of every message."));
    private static final ConfigKey<Secret> WEBHOOK = KEYS.add(ConfigKey.secret("webhook.url",
            "Address to post to; a secret, since such addresses hold a key."));
    private static final ConfigKey<URI> TELEGRAM = KEYS.add(ConfigKey.uri("telegram.base-url",
            URI.create("https://api.telegram.org"), "Address of Telegram's API."));
    private static final ConfigKey<Secret> TELEGRAM_TOKEN = KEYS.add(ConfigKey.secret("telegram.token",
            "Token of the bot.").replacing("telegram_config.json"));
    private static final ConfigKey<String> TELEGRAM_CHAT = KEYS.add(ConfigKey.optionalText("telegram.chat",
            "Chat to write to; goes with the token.").replacing("telegram_config.json"));
    private static final ConfigKey<Duration> PAUSED_AFTER = KEYS.add(ConfigKey.duration("paused-after",
            Duration.ofMinutes(5), "How long a process waits before people are notified.").within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> PROGRESS = KEYS.add(ConfigKey.duration("progress-interval",
            Duration.ofMinutes(10), "At most one message about progress in this time.").within(Bounds.POSITIVE));
    private static final ConfigKey<Integer> LARGE_SESSION = KEYS.add(ConfigKey.integer("large-session", 1_000, 1,
            Integer.MAX_VALUE,
            "A session that has published as many records is reported when it has, and when it is complete."));

    public AlertSettings {
        PAUSED_AFTER.require(pausedAfter);
        PROGRESS.require(progress);
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

    /** Nobody is notified of anything. */
    public static AlertSettings off() {
        return new AlertSettings(INSTALLATION.standard(), Optional.empty(), Optional.empty(), PAUSED_AFTER.standard(),
                PROGRESS.standard(), LARGE_SESSION.standard());
    }

    /** From {@code monitor.alerts.*}. */
    public static AlertSettings from(Settings settings) {
        return new AlertSettings(settings.get(INSTALLATION), settings.find(WEBHOOK), bot(settings),
                settings.get(PAUSED_AFTER), settings.get(PROGRESS), settings.get(LARGE_SESSION));
    }

    /** Whether anybody is told. */
    public boolean isOn() {
        return webhook.isPresent() || bot.isPresent();
    }

    private static Optional<Bot> bot(Settings settings) {
        URI base = settings.get(TELEGRAM);
        Optional<String> chat = settings.find(TELEGRAM_CHAT);
        Optional<Secret> token = settings.find(TELEGRAM_TOKEN);
        if (chat.isPresent() != token.isPresent()) {
            settings.problem(TELEGRAM_TOKEN.name() + " and " + TELEGRAM_CHAT.name() + " go together");
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
            throw new IllegalArgumentException(WEBHOOK.name() + " must be an http or https address");
        }
    }
}
