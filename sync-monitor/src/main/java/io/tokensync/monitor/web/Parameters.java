package io.tokensync.monitor.web;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parameters of a question. What is wrong with one is said in a sentence, as an {@link IllegalArgumentException}. */
final class Parameters {
    private static final int LONGEST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

    private final Map<String, String> query;

    private Parameters(Map<String, String> query) {
        this.query = query;
    }

    /** @param known the names that there are */
    static Parameters of(Map<String, String> query, Set<String> known) {
        query.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no parameter " + shown(name) + " here; there are "
                        + String.join(", ", new TreeSet<>(known)));
            }
            if (value.length() > LONGEST) {
                throw new IllegalArgumentException(
                        name + " is longer than " + LONGEST + " characters, which no value in the table is");
            }
        });
        return new Parameters(query);
    }

    /** The value; empty when there is none or it is blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The value, as it is. */
    String required(String name) {
        String value = query.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** A whole number from 1; the usual one when there is none. */
    int count(String name, int usual, int most) {
        return text(name).map(text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException(name + " is to be a whole number from 1 to " + most);
            }
            return Integer.parseInt(text);
        }).orElse(usual);
    }

    Optional<BigDecimal> amount(String name) {
        return text(name).map(text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw new IllegalArgumentException(name + " is to be a number such as 1 or 0.25");
            }
            return new BigDecimal(text);
        });
    }

    boolean flag(String name) {
        return switch (query.getOrDefault(name, "")) {
            case "1", "true", "on" -> true;
            case "", "0", "false" -> false;
            default -> throw new IllegalArgumentException(name + " is to be 1 or nothing");
        };
    }

    /** One of the constants, which are written in lower case with hyphens. */
    <E extends Enum<E>> E oneOf(String name, E usual) {
        String value = text(name).orElse(code(usual));
        return Arrays.stream(usual.getDeclaringClass().getEnumConstants()).filter(one -> code(one).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is to be one of "
                        + Arrays.stream(usual.getDeclaringClass().getEnumConstants()).map(Parameters::code)
                                .collect(Collectors.joining(", "))));
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Bounded, as it comes from anybody. */
    private static String shown(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
