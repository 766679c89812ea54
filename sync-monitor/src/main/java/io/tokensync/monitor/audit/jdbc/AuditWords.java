package io.tokensync.monitor.audit.jdbc;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;

/**
 * What stands for <code>${…}</code> in the questions: parts that a question defines itself, statuses that belong together, and what each
 * product says in its own way.
 */
final class AuditWords {
    private static final Pattern WORD = Pattern.compile("\\$\\{(\\w+)(?::([\\w.]+))?\\}");
    private static final Map<String, String> STATUSES = Map.of(
            "held", "(N'free', N'locked', N'pledged', N'committed')",
            "burnt", "(N'burnt', N'burnt for ft')");

    private final Map<String, String> parts;
    private final Dialect dialect;

    /** @param parts what the question defines, by name */
    AuditWords(Map<String, String> parts, Dialect dialect) {
        this.parts = parts;
        this.dialect = dialect;
    }

    /** The text without words; a part may have words of its own. */
    String in(String text) {
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(meaning(word.group(1), word.group(2))));
    }

    private String meaning(String word, String column) {
        if (column == null) {
            String text = parts.getOrDefault(word, STATUSES.get(word));
            if (text == null) {
                throw new IllegalStateException("a question of the audit says ${" + word + "}, which nobody defines");
            }
            return in(text);
        }
        return switch (word) {
            case "decimal" -> decimal(column);
            case "seconds" -> seconds(column);
            default -> throw new IllegalStateException("a question of the audit says ${" + word + ":…}");
        };
    }

    /** A text as a number; NULL where it is none. */
    private String decimal(String column) {
        return switch (dialect) {
            case SQL_SERVER -> "TRY_CAST(" + column + " AS DECIMAL(30, 10))";
            case SQLITE ->
                "CASE WHEN c NOT GLOB '*[^0-9.]*' AND c NOT GLOB '*.*.*' AND c GLOB '[0-9]*' AND c GLOB '*[0-9]' THEN CAST(c AS REAL) END"
                        .replaceAll("\\bc\\b", Matcher.quoteReplacement(column));
        };
    }

    /** A time as whole seconds since the epoch. */
    private String seconds(String column) {
        return switch (dialect) {
            case SQL_SERVER -> "DATEDIFF_BIG(SECOND, CAST('1970-01-01' AS DATETIME2(7)), " + column + ")";
            case SQLITE -> "CAST(strftime('%s', " + column + ") AS INTEGER)";
        };
    }
}
