package io.tokensync.common.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file's settings with others below, for what it does not say, and above, which win. A secret and the file that holds
 * it are one setting: whoever sets one of them replaces the other. Immutable; each method makes another one.
 */
public final class SettingsLayers {
    private final String origin;
    private final List<String> problems;
    private final Map<String, Entry> entries;

    private SettingsLayers(String origin, List<String> problems, Map<String, Entry> entries) {
        this.origin = origin;
        this.problems = problems;
        this.entries = entries;
    }

    /** Nothing yet. */
    public static SettingsLayers none() {
        return new SettingsLayers("settings", List.of(), Map.of());
    }

    /**
     * Those of a YAML file.
     *
     * @throws ConfigException when the file cannot be read or is not YAML
     */
    public static SettingsLayers read(Path yaml) {
        Problems problems = new Problems();
        Map<String, Entry> entries = SettingsFile.read(yaml, problems);
        return new SettingsLayers(yaml.toString(), problems.all(), entries);
    }

    /** What is set, by dotted key; that of a secret may end in {@code -file}. */
    public Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    /** Whether a setting, or the file that holds it, is named. */
    public boolean has(String key) {
        return entries.containsKey(key) || entries.containsKey(key + Sources.FILE_SUFFIX);
    }

    /** Where a key is set, for people: {@code line 4}. */
    public Optional<String> place(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::source);
    }

    /** Without these keys. */
    public SettingsLayers without(Predicate<String> keys) {
        Map<String, Entry> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeIf(keys);
        return new SettingsLayers(origin, problems, rest);
    }

    /** With everything below one prefix below another one too, where nothing is set yet. */
    public SettingsLayers copied(String from, String to) {
        Map<String, Entry> copies = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (key.startsWith(from)) {
                copies.put(to + key.substring(from.length()), entry);
            }
        });
        return new SettingsLayers(origin, problems, overlay(copies, entries));
    }

    /** With what another file sets where nothing is set yet. */
    public SettingsLayers filled(SettingsLayers other) {
        return new SettingsLayers(origin, problems, overlay(other.entries, entries));
    }

    /** With these where nothing is set yet. */
    public SettingsLayers under(Map<String, ?> defaults) {
        return new SettingsLayers(origin, problems, overlay(entries(defaults), entries));
    }

    /** With these in place of what is set. */
    public SettingsLayers over(Map<String, ?> values) {
        return new SettingsLayers(origin, problems, overlay(entries, entries(values)));
    }

    /** To be read, with the environment over everything. */
    public Settings settings(Map<String, String> environment) {
        Problems found = new Problems();
        problems.forEach(found::add);
        return new Settings(origin, entries, environment, found);
    }

    /** Values are texts, anything whose text is meant, or collections of them. */
    static Map<String, Entry> entries(Map<String, ?> dotted) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        dotted.forEach((key, value) -> entries.put(key, given(value)));
        return entries;
    }

    private static Entry given(Object value) {
        return value instanceof Collection<?> items
                ? Entry.list(items.stream().map(String::valueOf).toList(), "given")
                : Entry.text(String.valueOf(value), "given");
    }

    private static Map<String, Entry> overlay(Map<String, Entry> lower, Map<String, Entry> upper) {
        Map<String, Entry> all = new LinkedHashMap<>(lower);
        upper.forEach((key, entry) -> {
            all.remove(sibling(key));
            all.put(key, entry);
        });
        return all;
    }

    private static String sibling(String key) {
        return key.endsWith(Sources.FILE_SUFFIX)
                ? key.substring(0, key.length() - Sources.FILE_SUFFIX.length())
                : key + Sources.FILE_SUFFIX;
    }
}
