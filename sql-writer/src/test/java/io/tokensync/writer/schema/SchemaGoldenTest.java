package io.tokensync.writer.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;

/** Tables, views, indexes and constraints as auditors find them, and the statements that make them. */
class SchemaGoldenTest {
    private static final Pattern COMMENTS = Pattern.compile("(?m)--.*$|/\\*(?s:.*?)\\*/");
    private static final Pattern SCRIPT = Pattern.compile("(?m)^-- (?=(?:V\\d+|R)__)");

    @Test
    void theMigratedSchemaOfSqlite() throws Exception {
        try (Database database = Database.open(SqliteDatabases.fresh(), 1)) {
            new Schema(database).migrate();
            Golden.files().check("schema/sqlite.txt", new SchemaText(database)
                    .add("tables, indexes and views", "SELECT type, name, tbl_name, sql FROM dbo.sqlite_schema"
                            + " WHERE name NOT LIKE '%schema_history%' AND name NOT LIKE 'sqlite_%' ORDER BY type, name")
                    .add("columns", "SELECT m.name AS table_name, c.name, c.type, c.\"notnull\", c.pk, c.hidden"
                            + " FROM dbo.sqlite_schema AS m, pragma_table_xinfo(m.name, 'dbo') AS c"
                            + " WHERE m.type IN ('table', 'view') AND m.name NOT LIKE '%schema_history%'"
                            + " ORDER BY m.name, c.cid")
                    .toString());
        }
    }

    /** By their hashes; comments and spaces may change, as long as no database remembers the scripts' checksums. */
    @Test
    void theStatementsOfBothDialects() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Dialect dialect : Dialect.values()) {
            for (String script : SCRIPT.splitAsStream(Schema.print(dialect)).filter(part -> !part.isBlank()).toList()) {
                String name = script.lines().findFirst().orElseThrow();
                text.append(dialect.name()).append(' ').append(name).append(' ')
                        .append(hash(script.substring(name.length()))).append('\n');
            }
        }
        Golden.files().check("schema/statements.txt", text.toString());
    }

    private static String hash(String script) throws Exception {
        String statements = COMMENTS.matcher(script).replaceAll(" ").replaceAll("\\s+", " ").strip();
        return HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(statements.getBytes(StandardCharsets.UTF_8)));
    }
}
