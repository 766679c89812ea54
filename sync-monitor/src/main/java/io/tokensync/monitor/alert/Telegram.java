package io.tokensync.monitor.alert;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bot's message, as plain text; a long one goes in parts. */
final class Telegram implements AlertChannel {
    /** Telegram's limit, in UTF-16 units. */
    static final int LONGEST = 4_096;

    private final JsonPost post;
    private final AlertSettings.Bot bot;
    private final String installation;

    Telegram(JsonPost post, AlertSettings.Bot bot, String installation) {
        this.post = post;
        this.bot = bot;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "telegram";
    }

    @Override
    public void send(Alert alert) throws NotDelivered, InterruptedException {
        URI address = URI.create(bot.base() + "/bot" + bot.token().reveal() + "/sendMessage");
        for (String part : parts(installation + ": " + alert.message())) {
            post.send(address, Map.of("chat_id", bot.chat(), "text", part));
        }
    }

    /** The text in parts that are short enough, cut at the ends of lines where there are any, never inside a character. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (text.length() - from > LONGEST) {
            int line = text.lastIndexOf('\n', from + LONGEST);
            int end = line > from ? line : from + LONGEST;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            parts.add(text.substring(from, end));
            from = line > from ? end + 1 : end;
        }
        if (from < text.length()) {
            parts.add(text.substring(from));
        }
        return parts;
    }
}
