package io.tokensync.writer.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of one dialect, read from resources. A file either is a statement or has parts, each headed by
 * {@code -- name: x}; {@code {x}} in a statement stands for that part of {@code law.sql} or of the dialect's own file.
 */
public final class SqlText {
    private static final Pattern HEAD = Pattern.compile("(?m)^-- name: (\\w+)$");
    private static final Pattern QUOTE = Pattern.compile("\\{(\\w+)\\}");

    private final Map<String, String> parts = new HashMap<>();

    /**
     * @param dialect directory of the dialect: {@code sqlite}
     * @param files beside {@code law.sql} whose parts stand for those of the same name
     */
    SqlText(String dialect, String... files) {
        read("law.sql");
        read(dialect + "/dialect.sql");
        List.of(files).forEach(this::read);
    }

    private SqlText() {}

    /** The parts of these files, which are resources by absolute name; a later one may quote an earlier one and back. */
    public static SqlText of(String... files) {
        SqlText text = new SqlText();
        for (String file : files) {
            text.read(file);
        }
        return text;
    }

    /** The statement of this file, ready to run: {@code merge.sql}. */
    String statement(String file) {
        return expand(withoutComments(resource(file)));
    }

    /** The part of this name, ready to run. */
    public String part(String name) {
        String text = parts.get(name);
        if (text == null) {
            throw new IllegalStateException("no part named " + name + " among the statements");
        }
        return expand(text);
    }

    /** As {@link #part(String)}, with a part of this name and text. */
    public String part(String name, String other, String text) {
        parts.put(other, text);
        return part(name);
    }

    /** All parts by their names, ready to run. */
    public Map<String, String> parts() {
        Map<String, String> expanded = new HashMap<>();
        parts.keySet().forEach(name -> expanded.put(name, part(name)));
        return expanded;
    }

    private String expand(String text) {
        return QUOTE.matcher(text).replaceAll(quote -> Matcher.quoteReplacement(part(quote.group(1))));
    }

    private void read(String file) {
        String text = resource(file);
        Matcher head = HEAD.matcher(text);
        while (head.find()) {
            int end = text.indexOf("-- name:", head.end());
            String part = text.substring(head.end(), end < 0 ? text.length() : end);
            parts.put(head.group(1), withoutComments(part));
        }
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?m)^\\s*--.*\\R?", "").strip();
    }

    /**
     * The text of a resource.
     *
     * @param name absolute, or beside this class
     */
    public static String resource(String name) {
        try (InputStream in = SqlText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing beside " + SqlText.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
