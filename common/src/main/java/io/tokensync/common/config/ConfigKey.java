package io.tokensync.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The declaration of a key, the only place where it stands: it is read, rejected, shown by {@code --check-config} and
 * listed in {@code docs/configuration.md} by what is said here. Declared in a {@link KeySection}.
 *
 * @param name dotted, such as {@code writer.batch.rows}
 * @param type how its values are written
 * @param defaultValue in use when nothing is set; empty when there is none
 * @param bounds of the value
 * @param sentence what it is for, with the unit where the type has none
 * @param replaces what of the Python tool it stands for; empty when nothing
 * @param <T> of the value
 */
public record ConfigKey<T>(String name, ValueType<T> type, Optional<T> defaultValue, Optional<Bounds<T>> bounds,
        String sentence, Optional<String> replaces) {
    public ConfigKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** A text that is not blank. */
    public static ConfigKey<String> text(String name, String defaultValue, String sentence) {
        return of(name, ValueType.TEXT, defaultValue, sentence);
    }

    public static ConfigKey<String> optionalText(String name, String sentence) {
        return of(name, ValueType.TEXT, null, sentence);
    }

    /** A whole number between two bounds, both included. */
    public static ConfigKey<Integer> integer(String name, int defaultValue, int least, int most, String sentence) {
        return of(name, ValueType.INTEGER, defaultValue, sentence).within(Bounds.of(least, most));
    }

    /** A size with its unit ({@code 8MiB}), in bytes. */
    public static ConfigKey<Long> bytes(String name, long defaultValue, String sentence) {
        return of(name, ValueType.BYTES, defaultValue, sentence);
    }

    /** A switch: {@code true} or {@code false}. */
    public static ConfigKey<Boolean> flag(String name, boolean defaultValue, String sentence) {
        return of(name, ValueType.FLAG, defaultValue, sentence);
    }

    /** A time span with its unit ({@code 250ms}, {@code 30s}, {@code 6h}); zero or longer. */
    public static ConfigKey<Duration> duration(String name, Duration defaultValue, String sentence) {
        return of(name, ValueType.DURATION, defaultValue, sentence);
    }

    /** A share from 0 to 1. */
    public static ConfigKey<Double> ratio(String name, double defaultValue, String sentence) {
        return of(name, ValueType.RATIO, defaultValue, sentence);
    }

    public static ConfigKey<Path> path(String name, Path defaultValue, String sentence) {
        return of(name, ValueType.PATH, defaultValue, sentence);
    }

    public static ConfigKey<Path> optionalPath(String name, String sentence) {
        return of(name, ValueType.PATH, null, sentence);
    }

    /** A list of paths, or one text with commas between them; empty when not set. */
    public static ConfigKey<List<Path>> paths(String name, String sentence) {
        return of(name, ValueType.PATHS, List.of(), sentence);
    }

    /** A list of texts, or one text with commas between them. */
    public static ConfigKey<List<String>> texts(String name, List<String> defaultValue, String sentence) {
        return of(name, ValueType.TEXTS, defaultValue, sentence);
    }

    /** An absolute address with a scheme. */
    public static ConfigKey<URI> uri(String name, URI defaultValue, String sentence) {
        return of(name, ValueType.ADDRESS, defaultValue, sentence);
    }

    /** A list of absolute addresses; empty when not set. */
    public static ConfigKey<List<URI>> uris(String name, String sentence) {
        return of(name, ValueType.ADDRESSES, List.of(), sentence);
    }

    /** A constant of an enum, written in lower case with {@code -} for {@code _}. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type, E defaultValue,
            String sentence) {
        return of(name, ValueType.choice(type), defaultValue, sentence);
    }

    /** A secret: its value, or with {@code -file} behind the key the path of a file with it. */
    public static ConfigKey<Secret> secret(String name, String sentence) {
        return of(name, ValueType.SECRET, null, sentence);
    }

    /** Everything below the name, by the rest of the key; to be read by {@link Settings#map}. */
    public static ConfigKey<Map<String, String>> map(String name, String sentence) {
        return of(name, ValueType.MAP, Map.of(), sentence);
    }

    /** The same below a prefix such as {@code writer.retry}. */
    public ConfigKey<T> below(String prefix) {
        return prefix.isEmpty()
                ? this
                : new ConfigKey<>(prefix + "." + name, type, defaultValue, bounds, sentence, replaces);
    }

    /** The same with bounds. */
    public ConfigKey<T> within(Bounds<T> newBounds) {
        return new ConfigKey<>(name, type, defaultValue, Optional.of(newBounds), sentence, replaces);
    }

    /** The same, standing for something of the Python tool. */
    public ConfigKey<T> replacing(String what) {
        return new ConfigKey<>(name, type, defaultValue, bounds, sentence, Optional.of(what));
    }

    /** The default; only for a key that has one. */
    public T standard() {
        return defaultValue.orElseThrow();
    }

    /** The environment variable that wins over the file. */
    public String variable() {
        return Sources.variableOf(name);
    }

    /** A value as it is written in the file. */
    public String format(T value) {
        return type.format(value);
    }

    /** The bounds for people; empty when there are none. */
    public String boundsText() {
        return bounds.map(b -> b.text(type::format)).orElse("");
    }

    /**
     * The value, for a record that is built in other ways than from settings.
     *
     * @throws IllegalArgumentException when it is not within the bounds
     */
    public T require(T value) {
        if (bounds.filter(b -> !b.allow(value)).isPresent()) {
            throw new IllegalArgumentException(name + " must be " + boundsText() + ", not " + format(value));
        }
        return value;
    }

    Optional<T> parse(Entry entry) {
        return type.parse(entry).filter(value -> bounds.filter(b -> !b.allow(value)).isEmpty());
    }

    /** What a value must be, for people. */
    String allowed() {
        return bounds.map(b -> type.allowed() + type.joint() + boundsText()).orElseGet(type::allowed);
    }

    private static <T> ConfigKey<T> of(String name, ValueType<T> type, T defaultValue, String sentence) {
        return new ConfigKey<>(name, type, Optional.ofNullable(defaultValue), Optional.empty(), sentence,
                Optional.empty());
    }
}
