package io.tokensync.common.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each key that has been asked for is set to, in that order. Holds only what may be shown. */
final class EffectiveSettings {
    /** Longer values push the last column aside instead of widening it for all. */
    private static final int WIDEST = 60;

    private final Map<String, EffectiveSetting> byKey = new LinkedHashMap<>();

    void set(String key, Entry entry, boolean secret) {
        show(key, secret ? Secret.MASK : Redaction.of(String.join(", ", entry.values())), entry.source());
    }

    void setDefault(String key, String value) {
        show(key, value, "default");
    }

    void notSet(String key) {
        show(key, "", "not set");
    }

    /** Replaces what is shown of a key that has been asked for, when it is something else. */
    void inUse(String key, String value, Optional<String> source) {
        EffectiveSetting written = byKey.get(key);
        if (!written.value().equals(value)) {
            show(key, value, source.orElse(written.source()));
        }
    }

    List<EffectiveSetting> all() {
        return List.copyOf(byKey.values());
    }

    /** A line for each key. */
    String table() {
        int keys = byKey.values().stream().mapToInt(s -> s.key().length()).max().orElse(0);
        int values = byKey.values().stream().mapToInt(s -> s.value().length()).max().orElse(0);
        String format = "%-" + Math.max(1, keys) + "s  %-" + Math.clamp(values, 1, WIDEST) + "s  %s%n";
        return byKey.values().stream().map(s -> String.format(Locale.ROOT, format, s.key(), s.value(), s.source()))
                .collect(Collectors.joining());
    }

    private void show(String key, String value, String source) {
        byKey.put(key, new EffectiveSetting(key, value, source));
    }
}
