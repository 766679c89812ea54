package io.tokensync.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Declarations of keys that no process has. */
final class TestKeys {
    private static final String SENTENCE = "Of a test.";

    private TestKeys() {}

    static ConfigKey<String> text(String name) {
        return ConfigKey.optionalText(name, SENTENCE);
    }

    static ConfigKey<String> text(String name, String defaultValue) {
        return ConfigKey.text(name, defaultValue, SENTENCE);
    }

    static ConfigKey<Integer> integer(String name, int defaultValue, int least, int most) {
        return ConfigKey.integer(name, defaultValue, least, most, SENTENCE);
    }

    static ConfigKey<Long> bytes(String name, long defaultValue) {
        return ConfigKey.bytes(name, defaultValue, SENTENCE);
    }

    static ConfigKey<Boolean> flag(String name, boolean defaultValue) {
        return ConfigKey.flag(name, defaultValue, SENTENCE);
    }

    static ConfigKey<Duration> duration(String name, Duration defaultValue) {
        return ConfigKey.duration(name, defaultValue, SENTENCE);
    }

    static ConfigKey<Double> ratio(String name, double defaultValue) {
        return ConfigKey.ratio(name, defaultValue, SENTENCE);
    }

    static ConfigKey<Path> path(String name) {
        return ConfigKey.optionalPath(name, SENTENCE);
    }

    static ConfigKey<Path> path(String name, Path defaultValue) {
        return ConfigKey.path(name, defaultValue, SENTENCE);
    }

    static ConfigKey<List<Path>> paths(String name) {
        return ConfigKey.paths(name, SENTENCE);
    }

    static ConfigKey<List<String>> texts(String name, List<String> defaultValue) {
        return ConfigKey.texts(name, defaultValue, SENTENCE);
    }

    static ConfigKey<URI> uri(String name) {
        return ConfigKey.uri(name, null, SENTENCE);
    }

    static ConfigKey<List<URI>> uris(String name) {
        return ConfigKey.uris(name, SENTENCE);
    }

    static <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type, E defaultValue) {
        return ConfigKey.choice(name, type, defaultValue, SENTENCE);
    }

    static ConfigKey<Secret> secret(String name) {
        return ConfigKey.secret(name, SENTENCE);
    }

    static ConfigKey<Map<String, String>> map(String name) {
        return ConfigKey.map(name, SENTENCE);
    }
}
