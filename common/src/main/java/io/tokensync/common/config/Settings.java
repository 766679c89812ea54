package io.tokensync.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The settings of a process by dotted key, such as {@code writer.batch.rows}. Asking for a key makes it a known one. A
 * getter never throws: a missing, ill-typed or out-of-range value becomes a problem and a harmless placeholder is
 * returned, so that {@link #check} can report all problems at once. Not thread-safe; used once, at start.
 *
 * <p>Each key may come from the environment ({@code TOKENSYNC_WRITER_BATCH_ROWS}, which wins) or from a file that the
 * environment names ({@code TOKENSYNC_WRITER_SQL_PASSWORD_FILE}); a secret also from a file named in the YAML
 * ({@code writer.sql.password-file}).
 */
public final class Settings {
    private final String origin;
    private final Problems problems;
    private final Sources sources;
    private final Map<String, EffectiveSetting> effective = new LinkedHashMap<>();

    private Settings(String origin, Map<String, Entry> entries, Map<String, String> environment, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.sources = new Sources(entries, environment, problems);
    }

    /**
     * The settings of a YAML file with the environment over it.
     *
     * @throws ConfigException when the file cannot be read or is not YAML; everything else is said by {@link #check}
     */
    public static Settings load(Path yaml, Map<String, String> environment) {
        Problems problems = new Problems();
        return new Settings(yaml.toString(), SettingsFile.read(yaml, problems), environment, problems);
    }

    /** Settings given in the program, without environment: values are texts, anything whose text is meant, or lists. */
    public static Settings of(Map<String, ?> dotted) {
        return of(dotted, Map.of());
    }

    /** As {@link #of(Map)}, with the environment over it. */
    public static Settings of(Map<String, ?> dotted, Map<String, String> environment) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        dotted.forEach((key, value) -> entries.put(key, given(value)));
        return new Settings("settings", entries, environment, new Problems());
    }

    /** A text; blank counts as missing. */
    public String text(String key, String defaultValue) {
        return read(key, defaultValue, v -> v, "a text", v -> Optional.of(v).filter(t -> !t.isBlank()));
    }

    /** A text that must be there. */
    public String requiredText(String key) {
        return optionalText(key).orElseGet(() -> missing(key, "missing"));
    }

    public Optional<String> optionalText(String key) {
        return Optional.ofNullable(text(key, null));
    }

    /** A whole number between two bounds, both included. */
    public int integer(String key, int defaultValue, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return read(key, defaultValue, String::valueOf, allowed, text -> {
            try {
                return Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max);
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        });
    }

    /** A size with its unit ({@code 8MiB}), in bytes. */
    public long bytes(String key, long defaultValue) {
        return read(key, defaultValue, Units::format, Units.BYTES, Units::bytes);
    }

    /** A switch: {@code true} or {@code false}. */
    public boolean flag(String key, boolean defaultValue) {
        return read(key, defaultValue, String::valueOf, "true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A time span with its unit ({@code 250ms}, {@code 30s}, {@code 6h}); zero or longer. */
    public Duration duration(String key, Duration defaultValue) {
        return read(key, defaultValue, Units::format, Units.DURATION, Units::duration);
    }

    /** A share from 0 to 1. */
    public double ratio(String key, double defaultValue) {
        return read(key, defaultValue, String::valueOf, Units.RATIO, Units::ratio);
    }

    public Path path(String key, Path defaultValue) {
        return read(key, defaultValue, Path::toString, "a path", Settings::toPath);
    }

    public Optional<Path> optionalPath(String key) {
        return Optional.ofNullable(path(key, null));
    }

    /** A list of paths, or one text with commas between them; empty when not set. */
    public List<Path> paths(String key) {
        return list(key, List.of(), "a list of paths", Settings::toPath);
    }

    /** A list of texts, or one text with commas between them. */
    public List<String> texts(String key, List<String> defaultValue) {
        return list(key, defaultValue, "a list of texts", v -> Optional.of(v).filter(t -> !t.isBlank()));
    }

    /** An absolute address with a scheme. */
    public Optional<URI> uri(String key) {
        return Optional.ofNullable(read(key, null, URI::toString, ADDRESS, Settings::toUri));
    }

    /** A list of absolute addresses; empty when not set. */
    public List<URI> uris(String key) {
        return list(key, List.of(), "a list of which each is " + ADDRESS, Settings::toUri);
    }

    /** A constant of an enum, written in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
        Map<String, E> byName = Arrays.stream(type.getEnumConstants()).collect(
                Collectors.toMap(Settings::nameOf, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        String allowed = "one of " + String.join(", ", byName.keySet());
        return read(key, defaultValue, Settings::nameOf, allowed, text -> Optional.ofNullable(byName.get(text)));
    }

    /** A secret: its value, or with {@code -file} behind the key the path of a file with it. */
    public Optional<Secret> optionalSecret(String key) {
        Optional<Entry> entry = sources.findSecret(key);
        remember(key, entry.isPresent() ? Secret.MASK : "", entry.map(Entry::source).orElse("not set"));
        if (entry.isPresent() && entry.get().list()) {
            problems.add(key + " (" + entry.get().source() + "): is a list; give one text");
        }
        return entry.filter(e -> !e.list() && !e.text().isEmpty()).map(e -> Secret.of(e.text()));
    }

    /** A secret that must be there. */
    public Secret secret(String key) {
        return optionalSecret(key)
                .orElseGet(() -> Secret.of(missing(key, "missing; give " + key + " or " + key + Sources.FILE_SUFFIX)));
    }

    /** Everything below a prefix, such as {@code kafka.properties}, by the rest of the key, handed on as it is. */
    public Map<String, String> map(String prefix) {
        Map<String, String> values = new LinkedHashMap<>();
        sources.below(prefix).forEach((rest, entry) -> {
            String value = String.join(",", entry.values());
            boolean masked = Redaction.isSecretKey(rest) || entry.source().startsWith("file ");
            remember(prefix + "." + rest, masked ? Secret.MASK : Redaction.of(value), entry.source());
            values.put(rest, value);
        });
        return values;
    }

    /**
     * Builds a part of a configuration. A problem met on the way, or the {@code IllegalArgumentException} of a record that
     * refuses its values, leaves it empty; {@link #check} then throws. Build nested parts first, each by its own call, so
     * that one bad part does not hide the keys of the next.
     */
    public <T> Optional<T> build(Supplier<T> construction) {
        int before = problems.count();
        try {
            T built = construction.get();
            return problems.count() == before ? Optional.of(built) : Optional.empty();
        } catch (IllegalArgumentException e) {
            if (problems.count() == before) {
                problems.add(e.getMessage());
            }
        } catch (NullPointerException e) {
            // The place of a nested part that could not be built; without a problem it is a mistake of the program.
            if (problems.count() == 0) {
                throw e;
            }
        }
        return Optional.empty();
    }

    /** Adds a problem that only the caller can see, such as a contradiction between keys. */
    public void problem(String sentence) {
        problems.add(Objects.requireNonNull(sentence));
    }

    /**
     * To be called when every key has been asked for.
     *
     * @throws ConfigException with all problems, those of unknown keys and variables included
     */
    public void check() {
        sources.reportUnknown();
        if (problems.count() > 0) {
            throw new ConfigException(origin, problems.all());
        }
    }

    /** The settings asked for so far, in that order, secrets masked. */
    public List<EffectiveSetting> effective() {
        return List.copyOf(effective.values());
    }

    /** {@link #effective} as a table for people: key, value and where it comes from. */
    public String describe() {
        int keys = effective.values().stream().mapToInt(s -> s.key().length()).max().orElse(0);
        int values = effective.values().stream().mapToInt(s -> s.value().length()).max().orElse(0);
        String format = "%-" + Math.max(1, keys) + "s  %-" + Math.max(1, Math.min(values, WIDEST)) + "s  %s%n";
        return effective.values().stream().map(s -> String.format(Locale.ROOT, format, s.key(), s.value(), s.source()))
                .collect(Collectors.joining());
    }

    /** Shows where the settings come from, never what they are. */
    @Override
    public String toString() {
        return "Settings[" + origin + "]";
    }

    private static final String ADDRESS = "an absolute address, such as http://127.0.0.1:5001";
    private static final int WIDEST = 60;

    private <T> T read(String key, T defaultValue, Function<T, String> format, String allowed,
            Function<String, Optional<T>> parse) {
        Optional<Entry> entry = sources.find(key);
        if (entry.isEmpty()) {
            remember(key, defaultValue == null ? "" : format.apply(defaultValue),
                    defaultValue == null ? "not set" : "default");
            return defaultValue;
        }
        return parseText(key, entry.get(), allowed, parse).orElse(defaultValue);
    }

    private <T> Optional<T> parseText(String key, Entry entry, String allowed, Function<String, Optional<T>> parse) {
        remember(key, Redaction.of(String.join(", ", entry.values())), entry.source());
        Optional<T> parsed = entry.list() ? Optional.empty() : parse.apply(entry.text());
        if (parsed.isEmpty()) {
            wrong(key, entry, allowed);
        }
        return parsed;
    }

    private <T> List<T> list(String key, List<T> defaultValue, String allowed, Function<String, Optional<T>> parse) {
        Optional<Entry> entry = sources.find(key);
        if (entry.isEmpty()) {
            remember(key, defaultValue.stream().map(String::valueOf).collect(Collectors.joining(", ")), "default");
            return defaultValue;
        }
        remember(key, Redaction.of(String.join(", ", entry.get().values())), entry.get().source());
        List<Optional<T>> parsed = entry.get().items().stream().map(parse).toList();
        if (parsed.stream().anyMatch(Optional::isEmpty)) {
            wrong(key, entry.get(), allowed);
        }
        return parsed.stream().flatMap(Optional::stream).toList();
    }

    private void wrong(String key, Entry entry, String allowed) {
        String shown = Redaction.of(String.join(", ", entry.values()));
        problems.add(key + " = " + shown + " (" + entry.source() + "): must be " + allowed);
    }

    private String missing(String key, String what) {
        problems.add(key + ": " + what);
        return "";
    }

    private void remember(String key, String value, String source) {
        effective.put(key, new EffectiveSetting(key, value, source));
    }

    private static Entry given(Object value) {
        return value instanceof Collection<?> items
                ? new Entry(items.stream().map(String::valueOf).toList(), true, "given")
                : Entry.of(String.valueOf(value), "given");
    }

    private static Optional<Path> toPath(String text) {
        try {
            return Optional.of(text).filter(t -> !t.isBlank()).map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<URI> toUri(String text) {
        try {
            return Optional.of(new URI(text)).filter(URI::isAbsolute);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
