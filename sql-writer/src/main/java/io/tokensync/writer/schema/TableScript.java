package io.tokensync.writer.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;

/** The first script in its statements, so that its tables can be made under other names, and the rest later. */
final class TableScript {
    private static final Pattern NAMED = Pattern
            .compile("(?i)CREATE (?:(?:UNIQUE )?(?:NONCLUSTERED )?INDEX|VIEW) (?:dbo\\.)?(\\w+)\\b.*", Pattern.DOTALL);

    private final List<String> statements;

    TableScript(String script, Dialect dialect) {
        String end = dialect == Dialect.H2 ? ";\\s*(?:\\R|\\z)" : "(?m)^GO$";
        this.statements = Arrays.stream(script.split(end)).map(TableScript::plain)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** What makes the tables and the unique index under names with this suffix. */
    List<String> tables(String suffix) {
        return statements.stream().filter(TableScript::isTable)
                .map(sql -> sql.replaceAll("dbo\\.(TokenRecords|ProcessedDatabases|SyncSessions)\\b",
                        "dbo.$1" + suffix))
                .toList();
    }

    /** Everything else: the other indexes, the view, session summaries; of what has a name only what is not there yet. */
    List<String> rest(List<String> existing) {
        List<String> rest = new ArrayList<>();
        for (String sql : statements) {
            Matcher named = NAMED.matcher(sql);
            boolean there = named.matches() && existing.contains(named.group(1).toLowerCase(Locale.ROOT));
            if (!isTable(sql) && !there) {
                rest.add(sql);
            }
        }
        return rest;
    }

    private static boolean isTable(String sql) {
        return sql.startsWith("CREATE TABLE") || sql.startsWith("CREATE UNIQUE");
    }

    private static String plain(String sql) {
        return sql.replaceAll("(?m)^\\s*--.*\\R?", "").strip().replaceFirst(";$", "");
    }
}
