package io.tokensync.monitor.audit.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.monitor.audit.FindingKind;

/**
 * The question of one kind of finding, from {@code <code>.sql}: a SELECT, headed by {@code -- order: columns}, which make
 * the pages of its rows stable.
 */
record AuditStatement(String select, String order, Dialect dialect) {
    private static final Pattern ORDER = Pattern.compile("(?m)^-- order: (.+)$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$\\R?");

    static AuditStatement of(FindingKind kind, Dialect dialect) {
        String name = kind.code() + ".sql";
        try (InputStream in = AuditStatement.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher order = ORDER.matcher(text);
            if (!order.find()) {
                throw new IllegalStateException(name + " does not say in which order its rows are");
            }
            return new AuditStatement(dialect.translated(COMMENT.matcher(text).replaceAll("").strip()), order.group(1),
                    dialect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
