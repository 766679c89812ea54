package io.tokensync.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How values of a kind are written and shown.
 *
 * @param <T> of the value
 */
public final class ValueType<T> {
    static final ValueType<String> TEXT = of("text", "a text that is not blank", ValueType::text, text -> text);
    static final ValueType<Integer> INTEGER = of("whole number", "a whole number", ValueType::integer,
            String::valueOf);
    static final ValueType<Long> BYTES = of("size (B, KiB, MiB, GiB)", Units.BYTES, Units::bytes, Units::format);
    static final ValueType<Boolean> FLAG = of("true or false", "true or false", ValueType::flag, String::valueOf);
    static final ValueType<Duration> DURATION = of("time (ms, s, m, h, d)", Units.DURATION, Units::duration,
            Units::format);
    static final ValueType<Double> RATIO = of("ratio", Units.RATIO, Units::ratio, String::valueOf);
    static final ValueType<Path> PATH = of("path", "a path", ValueType::path, Path::toString);
    static final ValueType<URI> ADDRESS = of("address", "an absolute address, such as http://127.0.0.1:5001",
            ValueType::uri, URI::toString);
    static final ValueType<List<String>> TEXTS = listOf(TEXT, "list of texts", "a list of texts");
    static final ValueType<List<Path>> PATHS = listOf(PATH, "list of paths", "a list of paths");
    static final ValueType<List<URI>> ADDRESSES = listOf(ADDRESS, "list of addresses",
            "a list of which each is " + ADDRESS.allowed);
    static final ValueType<Secret> SECRET = of("secret", "a text that is not empty",
            text -> Optional.of(text).filter(t -> !t.isEmpty()).map(Secret::of), Secret::toString);
    static final ValueType<Map<String, String>> MAP = of("keys of your own", "keys with values",
            _ -> Optional.empty(), map -> map.isEmpty() ? "" : map.toString());

    private final String title;
    private final String allowed;
    private final Function<Entry, Optional<T>> parse;
    private final Function<T, String> format;

    private ValueType(String title, String allowed, Function<Entry, Optional<T>> parse, Function<T, String> format) {
        this.title = title;
        this.allowed = allowed;
        this.parse = parse;
        this.format = format;
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(nameOf(constant), constant);
        }
        String oneOf = "one of " + String.join(", ", byName.keySet());
        return of(oneOf, oneOf, text -> Optional.ofNullable(byName.get(text)), ValueType::nameOf);
    }

    /** What it is called in the documentation, units included. */
    public String title() {
        return title;
    }

    /** Whether values are never shown. */
    public boolean isSecret() {
        return equals(SECRET);
    }

    /** Whether the user's own keys stand below the key. */
    public boolean isMap() {
        return equals(MAP);
    }

    String allowed() {
        return allowed;
    }

    /** What stands between {@link #allowed} and bounds. */
    String joint() {
        return equals(INTEGER) ? " " : "; ";
    }

    Optional<T> parse(Entry entry) {
        return parse.apply(entry);
    }

    String format(T value) {
        return format.apply(value);
    }

    private static <T> ValueType<T> of(String title, String allowed, Function<String, Optional<T>> parse,
            Function<T, String> format) {
        return new ValueType<>(title, allowed, entry -> entry.list() ? Optional.empty() : parse.apply(entry.text()),
                format);
    }

    private static <T> ValueType<List<T>> listOf(ValueType<T> item, String title, String allowed) {
        return new ValueType<>(title, allowed, entry -> {
            List<Optional<T>> items = entry.items().stream().map(text -> item.parse(Entry.text(text, ""))).toList();
            return items.stream().anyMatch(Optional::isEmpty)
                    ? Optional.empty()
                    : Optional.of(items.stream().flatMap(Optional::stream).toList());
        }, list -> list.stream().map(item::format).collect(Collectors.joining(", ")));
    }

    private static Optional<String> text(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Integer> integer(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Path> path(String text) {
        try {
            return text(text).map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** With scheme and host: {@code localhost:5001} has neither, though it parses. */
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.isAbsolute() && uri.getRawAuthority() != null);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Lower case, with {@code -} for {@code _}. */
    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
