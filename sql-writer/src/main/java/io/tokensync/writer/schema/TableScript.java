package io.tokensync.writer.schema;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;

/** The script of the tables in its statements, so that these can be made under other names, and the rest later. */
final class TableScript {
    private static final Pattern INDEX = Pattern.compile("CREATE (?:NONCLUSTERED )?INDEX (?:dbo\\.)?(\\w+) .*",
            Pattern.DOTALL);

    private final List<String> statements;

    TableScript(String script, Dialect dialect) {
        String end = dialect == Dialect.SQL_SERVER ? "(?m)^GO$" : ";\\s*(?:\\R|\\z)";
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

    /** Everything else: the other indexes without those that exist already, in their order. */
    List<String> rest(List<String> existing) {
        return statements.stream().filter(sql -> !isTable(sql) && !isOneOf(existing, sql)).toList();
    }

    private static boolean isOneOf(List<String> indexes, String sql) {
        Matcher index = INDEX.matcher(sql);
        return index.matches() && indexes.contains(index.group(1));
    }

    private static boolean isTable(String sql) {
        return sql.startsWith("CREATE TABLE") || sql.startsWith("CREATE UNIQUE");
    }

    private static String plain(String sql) {
        return sql.replaceAll("(?m)^\\s*--.*\\R?", "").strip().replaceFirst(";$", "");
    }
}
