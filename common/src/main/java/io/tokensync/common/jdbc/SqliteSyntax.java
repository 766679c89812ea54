package io.tokensync.common.jdbc;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement of SQL Server says that SQLite says otherwise. A word is looked at where it is one: not in a literal, a
 * name in brackets or a comment.
 */
public final class SqliteSyntax {
    private static final Pattern LEXEME = Pattern.compile("(?<schema>(?i:\\[dbo\\]|dbo)\\s*\\.)|'(?:[^']|'')*'"
            + "|\"(?:[^\"]|\"\")*\"|\\[[^\\]]*\\]|--[^\\n]*|/\\*(?s:.*?)\\*/|(?<national>[Nn])(?=')"
            + "|(?<call>[A-Za-z_]\\w*+(?=\\s*\\())|(?<word>[A-Za-z_]\\w*+)");
    private static final String NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')";
    /** Of functions without arguments, with their parentheses. */
    private static final Map<String, String> CONSTANTS = Map.of("GETUTCDATE", NOW, "SYSUTCDATETIME", NOW, "NEWID",
            "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'"
                    + " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))");
    private static final Map<String, String> FUNCTIONS = Map.of("ISNULL", "IFNULL", "LEN", "LENGTH", "SUBSTRING",
            "SUBSTR");
    private static final Pattern NO_ARGUMENTS = Pattern.compile("\\s*\\(\\s*\\)");

    /** What has no equal of the same form, and what to write. */
    private static final Map<String, String> ADVICE = advice();

    private SqliteSyntax() {}

    private static Map<String, String> advice() {
        Map<String, String> advice = new LinkedHashMap<>();
        advice.put("TOP", "in the place of TOP 10 write LIMIT 10 at the end");
        advice.put("FETCH", "in the place of OFFSET 20 ROWS FETCH NEXT 10 ROWS ONLY write LIMIT 10 OFFSET 20");
        advice.put("DATEADD", "in the place of DATEADD(HOUR, -24, GETUTCDATE()) write datetime('now', '-24 hours')");
        advice.put("DATEDIFF",
                "in the place of DATEDIFF(HOUR, a, b) write (strftime('%s', b) - strftime('%s', a)) / 3600");
        advice.put("GETDATE", "times are UTC: in the place of GETDATE() write GETUTCDATE()");
        advice.put("SYSDATETIME", "times are UTC: in the place of SYSDATETIME() write SYSUTCDATETIME()");
        advice.put("CHARINDEX", "in the place of CHARINDEX(part, text) write INSTR(text, part)");
        advice.put("CONVERT", "in the place of CONVERT(type, x) write CAST(x AS type)");
        advice.put("TRY_CAST", "in the place of TRY_CAST write CAST, which makes 0 of what is no number");
        advice.put("JSON_VALUE", "in the place of JSON_VALUE write json_extract");
        advice.put("INFORMATION_SCHEMA", "tables and views are listed by SELECT name, sql FROM dbo.sqlite_schema");
        return advice;
    }

    /** The same statement for SQLite: literals without N, functions by its own names. */
    public static String of(String sql) {
        return translated(sql, false);
    }

    /** As {@link #of}, for a script that the file keeps: what is in it names no schema. */
    public static String inItsFile(String sql) {
        return translated(sql, true);
    }

    /** What to write in the place of words that SQLite does not know; empty when there are none. */
    public static Set<String> advice(String sql) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = LEXEME.matcher(sql);
        while (matcher.find()) {
            String word = matcher.group("call") == null ? matcher.group("word") : matcher.group("call");
            String advice = word == null ? null : ADVICE.get(word.toUpperCase(Locale.ROOT));
            if (advice != null) {
                found.add(advice);
            }
        }
        return found;
    }

    private static String translated(String sql, boolean withoutSchema) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = LEXEME.matcher(sql);
        int from = 0;
        while (from <= sql.length() && matcher.find(from)) {
            text.append(sql, from, matcher.start());
            from = matcher.end();
            String call = matcher.group("call") == null ? "" : matcher.group("call").toUpperCase(Locale.ROOT);
            Matcher empty = NO_ARGUMENTS.matcher(sql).region(from, sql.length());
            if (CONSTANTS.containsKey(call) && empty.lookingAt()) {
                text.append(CONSTANTS.get(call));
                from = empty.end();
            } else {
                text.append(translated(matcher, call, withoutSchema));
            }
        }
        return text.append(sql, Math.min(from, sql.length()), sql.length()).toString();
    }

    private static String translated(MatchResult lexeme, String call, boolean withoutSchema) {
        boolean left = lexeme.group("national") != null || (withoutSchema && lexeme.group("schema") != null);
        return left ? "" : FUNCTIONS.getOrDefault(call, lexeme.group());
    }
}
