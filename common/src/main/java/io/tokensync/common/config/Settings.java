package io.tokensync.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final String ADDRESS = "an absolute address, such as http://127.0.0.1:5001";

    private final String origin;
    private final Problems problems;
    private final Sources sources;
    private final EffectiveSettings effective = new EffectiveSettings();

    Settings(String origin, Map<String, Entry> entries, Map<String, String> environment, Problems problems) {
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
        return new Settings("settings", SettingsLayers.entries(dotted), environment, new Problems());
    }

    /** A text that is not blank. */
    public String text(String key, String defaultValue) {
        return read(key, defaultValue, v -> v, "a text that is not blank", Parsers::text);
    }

    /** A text that must be there. */
    public String requiredText(String key) {
        if (sources.find(key).isEmpty()) {
            problems.add(key + ": missing");
        }
        return text(key, "");
    }

    public Optional<String> optionalText(String key) {
        return Optional.ofNullable(text(key, null));
    }

    /** A whole number between two bounds, both included. */
    public int integer(String key, int defaultValue, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return read(key, defaultValue, String::valueOf, allowed, text -> Parsers.integer(text, min, max));
    }

    /** A size with its unit ({@code 8MiB}), in bytes. */
    public long bytes(String key, long defaultValue) {
        return read(key, defaultValue, Units::format, Units.BYTES, Units::bytes);
    }

    /** A switch: {@code true} or {@code false}. */
    public boolean flag(String key, boolean defaultValue) {
        return read(key, defaultValue, String::valueOf, "true or false", Parsers::flag);
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
        return read(key, defaultValue, Path::toString, "a path", Parsers::path);
    }

    public Optional<Path> optionalPath(String key) {
        return Optional.ofNullable(path(key, null));
    }

    /** A list of paths, or one text with commas between them; empty when not set. */
    public List<Path> paths(String key) {
        return list(key, List.of(), "a list of paths", Parsers::path);
    }

    /** A list of texts, or one text with commas between them. */
    public List<String> texts(String key, List<String> defaultValue) {
        return list(key, defaultValue, "a list of texts", Parsers::text);
    }

    /** An absolute address with a scheme. */
    public Optional<URI> uri(String key) {
        return Optional.ofNullable(read(key, null, URI::toString, ADDRESS, Parsers::uri));
    }

    /** A list of absolute addresses; empty when not set. */
    public List<URI> uris(String key) {
        return list(key, List.of(), "a list of which each is " + ADDRESS, Parsers::uri);
    }

    /** A constant of an enum, written in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
        Map<String, E> byName = Parsers.constants(type);
        String allowed = "one of " + String.join(", ", byName.keySet());
        return read(key, defaultValue, Parsers::nameOf, allowed, text -> Optional.ofNullable(byName.get(text)));
    }

    /** A secret: its value, or with {@code -file} behind the key the path of a file with it. */
    public Optional<Secret> optionalSecret(String key) {
        Optional<Entry> entry = sources.findSecret(key);
        entry.ifPresentOrElse(e -> effective.setMasked(key, e), () -> effective.notSet(key));
        if (entry.isEmpty() || !entry.get().usable()) {
            return Optional.empty();
        }
        if (entry.get().list() || entry.get().text().isEmpty()) {
            problems.add(key + " (" + entry.get().source() + "): must be a text that is not empty");
            return Optional.empty();
        }
        return Optional.of(Secret.of(entry.get().text()));
    }

    /** A secret that must be there. */
    public Secret secret(String key) {
        if (sources.findSecret(key).isEmpty()) {
            problems.add(key + ": missing; give " + key + " or " + key + Sources.FILE_SUFFIX);
        }
        return optionalSecret(key).orElseGet(() -> Secret.of(""));
    }

    /** Everything below a prefix, such as {@code kafka.properties}, by the rest of the key, handed on as it is. */
    public Map<String, String> map(String prefix) {
        Map<String, String> values = new LinkedHashMap<>();
        sources.below(prefix).forEach((rest, entry) -> {
            String key = prefix + "." + rest;
            if (entry.fromFile() || Redaction.isSecretKey(rest)) {
                effective.setMasked(key, entry);
            } else {
                effective.set(key, entry);
            }
            values.put(rest, String.join(",", entry.values()));
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
        checkRead();
    }

    /**
     * As {@link #check}, without a word about keys that nobody has asked for: for a command that reads a part of a stage's
     * configuration.
     */
    public void checkRead() {
        if (problems.count() > 0) {
            throw new ConfigException(origin, problems.all());
        }
    }

    /** The settings asked for so far, in that order, secrets masked. */
    public List<EffectiveSetting> effective() {
        return effective.all();
    }

    /** {@link #effective} as a table for people: key, value and where it comes from. */
    public String describe() {
        return effective.table();
    }

    /** Shows where the settings come from, never what they are. */
    @Override
    public String toString() {
        return "Settings[" + origin + "]";
    }

    private <T> T read(String key, T defaultValue, Function<T, String> format, String allowed,
            Function<String, Optional<T>> parse) {
        Optional<Entry> entry = sources.find(key);
        if (entry.isPresent()) {
            return value(key, entry.get(), allowed, parse).orElse(defaultValue);
        }
        if (defaultValue == null) {
            effective.notSet(key);
        } else {
            effective.setDefault(key, format.apply(defaultValue));
        }
        return defaultValue;
    }

    private <T> Optional<T> value(String key, Entry entry, String allowed, Function<String, Optional<T>> parse) {
        effective.set(key, entry);
        if (!entry.usable()) {
            return Optional.empty();
        }
        Optional<T> parsed = entry.list() ? Optional.empty() : parse.apply(entry.text());
        if (parsed.isEmpty()) {
            wrong(key, entry, allowed);
        }
        return parsed;
    }

    private <T> List<T> list(String key, List<T> defaultValue, String allowed, Function<String, Optional<T>> parse) {
        Optional<Entry> entry = sources.find(key);
        if (entry.isEmpty()) {
            effective.setDefault(key, defaultValue.stream().map(String::valueOf).collect(Collectors.joining(", ")));
            return defaultValue;
        }
        effective.set(key, entry.get());
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
}
