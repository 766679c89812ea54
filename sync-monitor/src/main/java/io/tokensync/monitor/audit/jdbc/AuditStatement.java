package io.tokensync.monitor.audit.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.monitor.audit.FindingKind;

/**
 * The question of one kind of finding, from {@code <code>.sql}: a SELECT, headed by {@code -- order: columns}, which make
 * the pages of its rows stable. One that {@code -- needs: TokenHistory} is not asked where there is no history, and neither is what
 * stands between {@code -- history} and {@code -- end} of another one. Behind {@code -- define: x} stands what
 * <code>${x}</code> means.
 */
record AuditStatement(String select, String order, Dialect dialect) {
    private static final Pattern ORDER = Pattern.compile("(?m)^-- order: (.+)$");
    private static final Pattern NEEDS_HISTORY = Pattern.compile("(?m)^-- needs: TokenHistory$");
    private static final Pattern HISTORY = Pattern.compile("(?ms)^-- history$.*?^-- end$");
    private static final Pattern DEFINE = Pattern.compile("(?m)^-- define: (\\w+)$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$\\R?");

    /**
     * The question.
     *
     * @param history whether there is a history to ask
     * @return empty when the question is about the history alone, and there is none
     */
    static Optional<AuditStatement> of(FindingKind kind, Dialect dialect, boolean history) {
        String name = kind.code() + ".sql";
        String text = read(name);
        Matcher order = ORDER.matcher(text);
        if (!order.find()) {
            throw new IllegalStateException(name + " does not say in which order its rows are");
        }
        if (!history && NEEDS_HISTORY.matcher(text).find()) {
            return Optional.empty();
        }
        String asked = history ? text : HISTORY.matcher(text).replaceAll("");
        return Optional.of(new AuditStatement(dialect.translated(select(asked, dialect)), order.group(1), dialect));
    }

    private static String read(String name) {
        try (InputStream in = AuditStatement.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String select(String text, Dialect dialect) {
        Map<String, String> parts = new HashMap<>();
        Matcher define = DEFINE.matcher(text);
        String part = "";
        int from = 0;
        while (define.find()) {
            parts.put(part, sql(text.substring(from, define.start())));
            part = define.group(1);
            from = define.end();
        }
        parts.put(part, sql(text.substring(from)));
        return new AuditWords(parts, dialect).in(parts.get(""));
    }

    private static String sql(String text) {
        return COMMENT.matcher(text).replaceAll("").strip();
    }

    /** How many parameters of its own it has. */
    int parameters() {
        return Math.toIntExact(select.chars().filter(c -> c == '?').count());
    }

    /** How many rows there are. */
    String count() {
        return "SELECT COUNT(*) FROM (" + select + ") AS f";
    }

    /** Some of them; the last two parameters are how many to leave out and how many to return. */
    String page() {
        return "SELECT * FROM (" + select + ") AS f\nORDER BY " + order + " " + dialect.page("?", "?");
    }
}
