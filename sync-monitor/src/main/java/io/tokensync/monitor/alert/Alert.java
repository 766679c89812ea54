package io.tokensync.monitor.alert;

import java.time.Instant;

/**
 * A message for people.
 *
 * @param level how urgent
 * @param title one line
 * @param text more lines; may be empty
 * @param at when it was noticed
 */
public record Alert(Level level, String title, String text, Instant at) {
    /** How urgent. */
    public enum Level {
        INFO,
        WARNING,
        CRITICAL
    }

    /** The whole as one text. */
    String message() {
        return text.isEmpty() ? title : title + "\n" + text;
    }
}
