package io.tokensync.writer.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.schema.Schema;

/** The statements of the scripts for SQL Server, and those that documents tell people to send. */
final class TsqlStatements {
    private static final Pattern BATCH = Pattern.compile("(?m)^GO$");
    private static final Pattern STATEMENT = Pattern.compile("(?si)(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|CREATE|ALTER"
            + "|DROP|IF|SET|EXEC|TRUNCATE|GRANT|DECLARE)\\b.*");
    private static final Pattern FUNCTION = Pattern.compile("(?s)FUNCTION (\\S+) \\([^\\n]*\\n(.*?)\\n\\);");
    private static final Pattern QUERY = Pattern.compile("(?s)```sql\n(.+?)```");
    /** What others of the scripts are made with, and no statement by itself. */
    private static final Set<String> FRAGMENTS = Set.of("create_view", "drop_index", "empty");
    private static final List<String> WRITER = List.of("prepare", "prepare_narrow", "prepare_versions",
            "compare_narrow",
            "delete_ended_sessions");

    private TsqlStatements() {}

    /** By a name that stays the same when another statement is added. */
    static Map<String, String> all() throws IOException {
        Map<String, String> all = new TreeMap<>();
        SqlText whole = new SqlText("sqlserver", "sessions.sql");
        SqlText narrow = new SqlText("sqlserver", "narrow.sql");
        SqlText versions = new SqlText("sqlserver", "sqlserver/versions.sql");
        SqlText alone = new SqlText("sqlserver", "narrow.sql", "without_history.sql");
        add(all, "writer history.sql of versions", versions.statement("history.sql"));
        add(all, "writer compare_narrow without history", alone.part("compare_narrow"));
        WRITER.forEach(part -> add(all, "writer " + part, narrow.part(part)));
        Stream.of("count.sql", "merge.sql", "history.sql", "sqlserver/content.sql")
                .forEach(file -> add(all, "writer " + file, whole.statement(file)));
        Stream.of("make_session", "fill_session", "make_database", "fill_database", "mark_problem", "look")
                .forEach(part -> add(all, "sessions " + part, whole.part(part)));
        SqlText verifications = SqlText.of("/io/tokensync/writer/verification/jdbc/verifications.sql",
                "sqlserver/dialect.sql");
        Stream.of("node_rows", "node_rows_and_gone", "node_versions", "insert_verification", "agents", "standing",
                "delete_verifications")
                .forEach(part -> add(all, "verifications " + part, verifications.part(part)));
        SqlText.of("pruning.sql").parts().forEach((part, text) -> add(all, "pruning " + part, text));
        add(all, "optional log_bytes", SqlText.of("sqlserver/optional.sql").part("log_bytes"));
        SqlText.of("/io/tokensync/writer/schema/takeover.sql", "/io/tokensync/writer/schema/sqlserver/dialect.sql")
                .parts()
                .forEach((name, text) -> add(all, "takeover " + name, FRAGMENTS.contains(name) ? "" : text));
        // A grammar may pass over what stands in a function.
        FUNCTION.matcher(code(Schema.print(Dialect.SQL_SERVER))).results()
                .forEach(function -> add(all, "schema: query of " + function.group(1), function.group(2)));
        addAll(all, "schema", BATCH.splitAsStream(code(Schema.print(Dialect.SQL_SERVER))));
        for (Schema.Role role : Schema.Role.values()) {
            addAll(all, "grants " + role, Pattern.compile(";").splitAsStream(code(Schema.grants(role))));
        }
        for (String document : List.of("sql.md", "migrate-from-python.md")) {
            addAll(all, document, QUERY.matcher(Files.readString(Path.of("..", "docs", document))).results()
                    .map(block -> block.group(1)));
        }
        return all;
    }

    /** Named by their first words. */
    private static void addAll(Map<String, String> all, String of, Stream<String> statements) {
        statements.map(String::strip).filter(text -> !text.isEmpty()).forEach(text -> {
            String head = code(text).strip().lines().findFirst().orElseThrow().replaceAll("\\s*[(;]*$", "");
            add(all, of + ": " + head, text);
        });
    }

    private static void add(Map<String, String> all, String name, String text) {
        String code = code(text).strip();
        if (STATEMENT.matcher(code).matches()) {
            String unique = name;
            for (int i = 2; all.containsKey(unique); i++) {
                unique = name + " (" + i + ")";
            }
            all.put(unique, code);
        }
    }

    private static String code(String script) {
        return script.replaceAll("(?m)^\\s*--.*\\R?", "");
    }
}
