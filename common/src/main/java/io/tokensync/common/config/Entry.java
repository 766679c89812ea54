package io.tokensync.common.config;

import java.util.List;

/**
 * A value as it was written.
 *
 * @param values one text, or the items of a list
 * @param list whether it was written as a list; otherwise {@code values} has one element
 * @param source where it was written, for people: {@code line 4}, {@code TOKENSYNC_WRITER_BATCH_ROWS}
 */
record Entry(List<String> values, boolean list, String source) {
    Entry {
        values = List.copyOf(values);
    }

    static Entry of(String value, String source) {
        return new Entry(List.of(value), false, source);
    }

    /** The text; only for an entry that is not a list. */
    String text() {
        return values.getFirst();
    }

    /** The items; a text that is not a list is split at commas. */
    List<String> items() {
        return list
                ? values
                : List.of(text().split(",")).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
}
