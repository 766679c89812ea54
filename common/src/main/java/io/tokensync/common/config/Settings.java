package io.tokensync.common.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

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
    private final EffectiveSettings effective = new EffectiveSettings();
    private final List<String> warnings = new ArrayList<>();

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

    /** The value of a key, or its default. */
    public <T> T get(ConfigKey<T> key) {
        return get(key, key.standard());
    }

    /** The value of a key, or this default in place of its own. */
    public <T> T get(ConfigKey<T> key, T otherDefault) {
        return read(key, Optional.of(otherDefault)).orElse(otherDefault);
    }

    /** The value of a key that may be missing. */
    public <T> Optional<T> find(ConfigKey<T> key) {
        return read(key, key.defaultValue());
    }

    /** The value of a key that must be there; when it is not, that is a problem, and the placeholder is returned. */
    public <T> T require(ConfigKey<T> key, T placeholder) {
        if (entry(key).isEmpty()) {
            String file = key.type().isSecret()
                    ? "; give " + key.name() + " or " + key.name() + Sources.FILE_SUFFIX
                    : "";
            problems.add(key.name() + ": missing" + file);
        }
        return find(key).orElse(placeholder);
    }

    /** Everything below a key, such as {@code kafka.properties}, by the rest of the key, handed on as it is. */
    public Map<String, String> map(ConfigKey<Map<String, String>> prefix) {
        Map<String, String> values = new LinkedHashMap<>();
        sources.below(prefix.name()).forEach((rest, entry) -> {
            String key = prefix.name() + "." + rest;
            effective.set(key, entry, entry.fromFile() || Redaction.isSecretKey(rest));
            values.put(rest, String.join(",", entry.values()));
        });
        return values;
    }

    /** Shows this of what a key says, a text without secrets, in place of a mask. */
    public void inUse(ConfigKey<?> key, String value) {
        effective.inUse(key.name(), Redaction.of(value), Optional.empty());
    }

    /** Shows what is in use of a key, which, where it is not what the key says, was decided by something else. */
    public void inUse(ConfigKey<?> key, String value, String decidedBy) {
        effective.inUse(key.name(), Redaction.of(value), Optional.of(decidedBy));
    }

    /**
     * Builds a part of a configuration. A problem met meanwhile, or the {@code IllegalArgumentException} of a record that
     * rejects its values, leaves it empty; {@link #check} then throws. Build nested parts first, each by its own call, so
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

    /** Adds a sentence about what works and is not good. */
    public void warn(String sentence) {
        warnings.add(Objects.requireNonNull(sentence));
    }

    /** What works and is not good, for whoever starts the process. */
    public List<String> warnings() {
        return List.copyOf(warnings);
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

    private Optional<Entry> entry(ConfigKey<?> key) {
        return key.type().isSecret() ? sources.findSecret(key.name()) : sources.find(key.name());
    }

    private <T> Optional<T> read(ConfigKey<T> key, Optional<T> otherwise) {
        Optional<Entry> entry = entry(key);
        if (entry.isEmpty()) {
            otherwise.map(key::format).ifPresentOrElse(value -> effective.setDefault(key.name(), value),
                    () -> effective.notSet(key.name()));
            return otherwise;
        }
        return value(key, entry.get()).or(() -> otherwise);
    }

    private <T> Optional<T> value(ConfigKey<T> key, Entry entry) {
        boolean secret = key.type().isSecret();
        effective.set(key.name(), entry, secret);
        if (!entry.usable()) {
            return Optional.empty();
        }
        Optional<T> parsed = key.parse(entry);
        if (parsed.isEmpty()) {
            String shown = secret ? "" : " = " + Redaction.of(String.join(", ", entry.values()));
            problems.add(key.name() + shown + " (" + entry.source() + "): must be " + key.allowed());
        }
        return parsed;
    }
}
