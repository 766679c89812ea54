package io.tokensync.common.config;

import java.util.Arrays;
import java.util.List;

/**
 * A value as it was written.
 *
 * @param values one text, or the items of a list; empty and no list when it cannot be used, which has been said already
 * @param list whether it was written as a list
 * @param fromFile whether it is the content of a file that a setting names
 * @param source where it was written, for people: {@code line 4}, {@code TOKENSYNC_WRITER_BATCH_ROWS}
 */
record Entry(List<String> values, boolean list, boolean fromFile, String source) {
    Entry {
        values = List.copyOf(values);
    }

    static Entry text(String value, String source) {
        return new Entry(List.of(value), false, false, source);
    }

    static Entry list(List<String> values, String source) {
        return new Entry(values, true, false, source);
    }

    static Entry fileContent(String value, String source) {
        return new Entry(List.of(value), false, true, source);
    }

    static Entry unusable(String source) {
        return new Entry(List.of(), false, true, source);
    }

    boolean usable() {
        return list || !values.isEmpty();
    }

    /** The text; only for a usable entry that is not a list. */
    String text() {
        return values.getFirst();
    }

    /** The items; a text that is not a list is split at commas. */
    List<String> items() {
        return list || !usable()
                ? values
                : Arrays.stream(text().split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
}
