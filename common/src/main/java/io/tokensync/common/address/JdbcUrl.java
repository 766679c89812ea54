package io.tokensync.common.address;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JDBC URL in its parts: {@code base;name=value;…}, as SQL Server writes it. A value in braces may hold
 * semicolons; {@code }}} inside braces is one brace. Names are case-insensitive.
 */
public final class JdbcUrl {
    private static final Pattern SECRET = Pattern.compile("(?i)password|pwd|secret|token|key|credential|cipher");
    private static final String MASK = "***";

    private final String base;
    private final Map<String, String> properties = new LinkedHashMap<>();

    private JdbcUrl(String base) {
        this.base = base;
    }

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException when it is malformed; the message repeats nothing of it
     */
    public static JdbcUrl parse(String text) {
        int end = text.indexOf(';');
        JdbcUrl url = new JdbcUrl(end < 0 ? text : text.substring(0, end));
        int at = end < 0 ? text.length() : end + 1;
        while (at < text.length()) {
            at = url.readProperty(text, at);
        }
        return url;
    }

    /** What stands before the properties: protocol, host and port, or file. */
    public String base() {
        return base;
    }

    /** Takes a property out; empty when it is not there or has no value. */
    public Optional<String> remove(String name) {
        return keyOf(name).map(properties::remove).filter(value -> !value.isEmpty());
    }

    /** The value of a property; empty when it is not there or has no value. */
    public Optional<String> find(String name) {
        return keyOf(name).map(properties::get).filter(value -> !value.isEmpty());
    }

    /** Sets a property, whatever it was. */
    public void set(String name, String value) {
        properties.put(keyOf(name).orElse(name), value);
    }

    /** Sets a property that is not there yet. */
    public void setDefault(String name, String value) {
        if (keyOf(name).isEmpty()) {
            properties.put(name, value);
        }
    }

    /** The URL as a text that the driver reads. */
    public String toText() {
        StringBuilder text = new StringBuilder(base);
        properties.forEach((name, value) -> text.append(';').append(name).append('=').append(quoted(value)));
        return text.toString();
    }

    /** The URL as a text for people: without what is, or by its name may be, a secret. */
    public String toMaskedText() {
        StringBuilder text = new StringBuilder(base);
        properties.forEach((name, value) -> text.append(';').append(name).append('=')
                .append(SECRET.matcher(name).find() ? MASK : quoted(value)));
        return text.toString();
    }

    private int readProperty(String text, int start) {
        int equals = text.indexOf('=', start);
        int semicolon = text.indexOf(';', start);
        if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
            int end = semicolon < 0 ? text.length() : semicolon;
            if (!text.substring(start, end).isBlank()) {
                throw new IllegalArgumentException("the database address has a property without a value");
            }
            return end + 1;
        }
        String name = text.substring(start, equals).strip();
        StringBuilder value = new StringBuilder();
        int end = readValue(text, equals + 1, value);
        properties.put(name, value.toString());
        return end + 1;
    }

    private static int readValue(String text, int start, StringBuilder value) {
        if (start >= text.length() || text.charAt(start) != '{') {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            value.append(text, start, end);
            return end;
        }
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '}') {
                if (at >= text.length() || text.charAt(at) != '}') {
                    return at;
                }
                at++;
            }
            value.append(c);
        }
        throw new IllegalArgumentException("the database address has a brace that is not closed");
    }

    private Optional<String> keyOf(String name) {
        return properties.keySet().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))).findFirst();
    }

    private static String quoted(String value) {
        boolean plain = value.indexOf(';') < 0 && value.indexOf('{') < 0 && value.indexOf('}') < 0;
        return plain ? value : "{" + value.replace("}", "}}") + "}";
    }
}
