package io.tokensync.enricher.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kubo's error body. Kubo answers 500 with code 0 to nearly everything, so its text is all there is to tell a missing
 * block from a broken node; nothing but the name of the reason depends on it.
 */
final class KuboError {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int SHOWN = 200;
    private static final List<String> MISSING = List.of("not found", "could not find");

    private KuboError() {}

    /** The message, or the text itself if it is not Kubo's JSON; shortened. */
    static String message(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            JsonNode message = MAPPER.readTree(text).path("Message");
            return shorten(message.isString() ? message.stringValue() : text);
        } catch (JacksonException _) {
            return shorten(text);
        }
    }

    static boolean saysMissing(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return MISSING.stream().anyMatch(lower::contains);
    }

    private static String shorten(String text) {
        String line = text.strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
