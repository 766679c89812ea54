package io.tokensync.common.config;

import java.util.ArrayList;
import java.util.List;

/** Keys that stand together, below a prefix; filled by the static initializer of the class that declares them. */
public final class KeySection {
    private final String prefix;
    private final List<ConfigKey<?>> keys = new ArrayList<>();

    private KeySection(String prefix) {
        this.prefix = prefix;
    }

    /** Nothing yet, below a prefix such as {@code writer}. */
    public static KeySection of(String prefix) {
        return new KeySection(prefix);
    }

    /** Nothing yet, for keys that stand below several prefixes; see {@link #include}. */
    public static KeySection template() {
        return new KeySection("");
    }

    /** Declares a key by its name below the prefix, and returns it by its whole name. */
    public <T> ConfigKey<T> add(ConfigKey<T> key) {
        ConfigKey<T> whole = key.below(prefix);
        keys.add(whole);
        return whole;
    }

    /** Declares the keys of a template, such as those of waits below {@code retry}; directly when that is empty. */
    public KeySection include(String below, KeySection template) {
        template.keys.forEach(key -> add(key.below(below)));
        return this;
    }

    /** What has been declared, in that order. */
    public List<ConfigKey<?>> keys() {
        return List.copyOf(keys);
    }
}
