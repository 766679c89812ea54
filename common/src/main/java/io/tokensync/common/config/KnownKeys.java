package io.tokensync.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of all processes of an installation, which often have one environment: a variable of another one is no mistake of
 * this one.
 */
public final class KnownKeys {
    private static final List<ConfigKey<?>> KEYS = declared();
    private static final Set<String> VARIABLES = KEYS.stream().filter(key -> !key.type().isMap())
            .map(ConfigKey::variable).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PREFIXES = KEYS.stream().filter(key -> key.type().isMap())
            .map(key -> key.variable() + "_").collect(Collectors.toUnmodifiableSet());

    private KnownKeys() {}

    /** Every key that a module on the class path declares. */
    public static List<ConfigKey<?>> all() {
        return KEYS;
    }

    static Set<String> variables() {
        return VARIABLES;
    }

    /** Whether some process reads this variable. */
    static boolean hasVariable(String name) {
        String value = name.endsWith(Sources.FILE_VARIABLE_SUFFIX)
                ? name.substring(0, name.length() - Sources.FILE_VARIABLE_SUFFIX.length())
                : name;
        return VARIABLES.contains(name) || VARIABLES.contains(value) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static List<ConfigKey<?>> declared() {
        List<ConfigKey<?>> keys = new ArrayList<>();
        ServiceLoader.load(DeclaredKeys.class, DeclaredKeys.class.getClassLoader())
                .forEach(module -> module.sections().forEach(section -> keys.addAll(section.keys())));
        return List.copyOf(keys);
    }
}
