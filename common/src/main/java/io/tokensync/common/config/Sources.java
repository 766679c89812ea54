package io.tokensync.common.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where values come from: the environment over the file. Remembers what has been asked for, so that the rest can be
 * called unknown.
 */
final class Sources {
    static final String PREFIX = "TOKENSYNC_";
    static final String FILE_SUFFIX = "-file";
    static final String FILE_VARIABLE_SUFFIX = "_FILE";
    /** Read by the launcher and before any configuration, not settings. */
    private static final Set<String> LAUNCHER = Set.of("TOKENSYNC_JAVA_OPTS", "TOKENSYNC_HOME", "TOKENSYNC_DATA",
            "TOKENSYNC_LOG_LEVEL");

    /** What Kubernetes tells every pod about a service whose name begins with tokensync. */
    private static final Pattern SERVICE_LINK = Pattern.compile("TOKENSYNC_(\\w+_)?(SERVICE_HOST=.*"
            + "|SERVICE_PORT(_\\w+)?=\\d+|PORT(_\\d+_\\w+)?=(tcp|udp|sctp)://.*|PORT_\\d+_\\w+_(PROTO|PORT|ADDR)=.*)");

    private final Map<String, Entry> entries;
    private final Map<String, String> environment;
    private final Problems problems;
    private final Set<String> knownKeys = new TreeSet<>();
    private final Set<String> usedEntries = new HashSet<>();
    private final Set<String> usedVariables = new HashSet<>(LAUNCHER);

    Sources(Map<String, Entry> entries, Map<String, String> environment, Problems problems) {
        this.entries = entries;
        this.environment = new TreeMap<>(environment);
        this.problems = problems;
        // An empty variable is one that is not set: that is how compose files pass on what nobody has given.
        this.environment.entrySet().removeIf(e -> !e.getKey().startsWith(PREFIX) || e.getValue().isEmpty());
    }

    /** The value of a key; a variable wins over the file. */
    Optional<Entry> find(String key) {
        knownKeys.add(key);
        usedEntries.add(key);
        Optional<Entry> variable = variable(variableOf(key));
        return variable.isPresent() ? variable : Optional.ofNullable(entries.get(key));
    }

    /** As {@link #find}; in the file the key with {@code -file} behind it may name a file instead. */
    Optional<Entry> findSecret(String key) {
        knownKeys.add(key + FILE_SUFFIX);
        usedEntries.add(key + FILE_SUFFIX);
        Entry reference = entries.get(key + FILE_SUFFIX);
        if (reference != null && entries.containsKey(key)) {
            problems.add(key + " and " + key + FILE_SUFFIX + " are both set; leave one");
        }
        Optional<Entry> direct = find(key);
        boolean fromFile = reference != null && variable(variableOf(key)).isEmpty();
        if (!fromFile) {
            return direct;
        }
        String who = key + FILE_SUFFIX + " (" + reference.source() + ")";
        if (reference.list()) {
            problems.add(who + ": must be the path of a file");
            return Optional.of(Entry.unusable(reference.source()));
        }
        return Optional.of(content(who, reference.text()));
    }

    /** All entries below a prefix, by the rest of their key; values may come from files as those of secrets do. */
    Map<String, Entry> below(String prefix) {
        Set<String> rests = new TreeSet<>();
        String dotted = prefix + ".";
        entries.keySet().stream().filter(k -> k.startsWith(dotted)).map(k -> withoutFile(k.substring(dotted.length())))
                .forEach(rests::add);
        Set<String> written = new HashSet<>();
        rests.forEach(rest -> written.add(variableOf(dotted + rest)));
        String variablePrefix = variableOf(dotted);
        environment.keySet().stream().filter(v -> v.startsWith(variablePrefix)).map(Sources::withoutFileVariable)
                .filter(v -> !written.contains(v) && v.length() > variablePrefix.length())
                .map(v -> v.substring(variablePrefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'))
                .forEach(rests::add);
        Map<String, Entry> found = new TreeMap<>();
        rests.forEach(rest -> findSecret(dotted + rest).ifPresent(entry -> found.put(rest, entry)));
        return found;
    }

    /**
     * Adds a problem for each key that nobody has asked for, and each variable that no process would ask for: several
     * processes may have one environment, but not one file.
     */
    void reportUnknown() {
        entries.forEach((key, entry) -> {
            if (!usedEntries.contains(key)) {
                problems.add(key + " (" + entry.source() + "): unknown key" + suggestion(key, knownKeys));
            }
        });
        Collection<String> known = Stream
                .concat(knownKeys.stream().map(Sources::variableOf), KnownKeys.variables().stream()).distinct()
                .toList();
        environment.keySet().stream()
                .filter(v -> !usedVariables.contains(v) && !isServiceLink(v) && !KnownKeys.hasVariable(v))
                .forEach(v -> problems.add(v + ": unknown environment variable" + suggestion(v, known)));
    }

    /** The variable that overrides a key. */
    static String variableOf(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private boolean isServiceLink(String name) {
        return SERVICE_LINK.matcher(name + "=" + environment.get(name)).matches();
    }

    private Optional<Entry> variable(String name) {
        String fileName = name + FILE_VARIABLE_SUFFIX;
        usedVariables.add(name);
        usedVariables.add(fileName);
        String value = environment.get(name);
        String file = environment.get(fileName);
        if (value != null && file != null) {
            problems.add(name + " and " + fileName + " are both set; leave one");
        }
        if (file != null) {
            return Optional.of(content(fileName, file));
        }
        return Optional.ofNullable(value).map(v -> Entry.text(v, name));
    }

    /** The text of the file that a setting names, without the newline at its end. */
    private Entry content(String who, String file) {
        try {
            String text = SecretFile.read(Path.of(file)).replaceFirst("\\r?\\n\\z", "");
            if (!text.isEmpty()) {
                return Entry.fileContent(text, "file " + file);
            }
            problems.add(who + ": the file " + file + " is empty");
        } catch (IOException e) {
            problems.add(who + ": the file " + file + " cannot be read (" + e.getClass().getSimpleName()
                    + "); name a UTF-8 file that this process may read");
        } catch (InvalidPathException _) {
            problems.add(who + ": must be the path of a file");
        }
        return Entry.unusable("file");
    }

    private static String suggestion(String wrong, Collection<String> known) {
        return NearestName.to(wrong, known).map(k -> "; did you mean " + k + "?").orElse("; remove it");
    }

    private static String withoutFile(String rest) {
        return rest.endsWith(FILE_SUFFIX) ? rest.substring(0, rest.length() - FILE_SUFFIX.length()) : rest;
    }

    private static String withoutFileVariable(String name) {
        return name.endsWith(FILE_VARIABLE_SUFFIX)
                ? name.substring(0, name.length() - FILE_VARIABLE_SUFFIX.length())
                : name;
    }
}
