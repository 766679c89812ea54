package io.tokensync.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of all processes of an installation, which often have one environment: a variable of another one is no mistake of
 * this one. Listed in {@code keys.txt}; what ends in a dot has keys of the user's own below it.
 */
public final class KnownKeys {
    private static final Set<String> KEYS = read();
    private static final Set<String> VARIABLES = KEYS.stream().filter(key -> !key.endsWith("."))
            .map(Sources::variableOf).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PREFIXES = KEYS.stream().filter(key -> key.endsWith("."))
            .map(Sources::variableOf).collect(Collectors.toUnmodifiableSet());

    private KnownKeys() {}

    /** Every key, and with a dot at its end every key that has others below it. */
    public static Set<String> all() {
        return KEYS;
    }

    /** Whether some process reads this variable. */
    static boolean hasVariable(String name) {
        String value = name.endsWith(Sources.FILE_VARIABLE_SUFFIX)
                ? name.substring(0, name.length() - Sources.FILE_VARIABLE_SUFFIX.length())
                : name;
        return VARIABLES.contains(name) || VARIABLES.contains(value) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static Set<String> read() {
        try (InputStream keys = KnownKeys.class.getResourceAsStream("keys.txt")) {
            return new String(keys.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of keys is missing from this build", e);
        }
    }
}
