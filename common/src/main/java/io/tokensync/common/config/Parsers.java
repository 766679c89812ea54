package io.tokensync.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From text to value; empty for a text that is none. */
final class Parsers {
    private Parsers() {}

    static Optional<String> text(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    static Optional<Integer> integer(String text, int min, int max) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<Path> path(String text) {
        try {
            return text(text).map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** With scheme and host: {@code localhost:5001} has neither, though it parses. */
    static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.isAbsolute() && uri.getRawAuthority() != null);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** The constants of an enum by the names they have in the settings. */
    static <E extends Enum<E>> Map<String, E> constants(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(nameOf(constant), constant);
        }
        return byName;
    }

    /** Lower case, with {@code -} for {@code _}. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
