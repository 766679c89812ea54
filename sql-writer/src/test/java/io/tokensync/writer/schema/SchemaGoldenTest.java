package io.tokensync.writer.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;

/** Tables, views, indexes and constraints as auditors find them, and the statements that make them. */
class SchemaGoldenTest {
    private static final Pattern COMMENTS = Pattern.compile("(?m)--.*$|/\\*(?s:.*?)\\*/");
    private static final Pattern SCRIPT = Pattern.compile("(?m)^-- (?=(?:V\\d+|R)__)");

    @Test
    void theMigratedSchemaOfH2() throws Exception {
        String url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        try (Database database = Database.open(SqlSettings.of(url), 1)) {
            new Schema(database).migrate();
            Golden.files().check("schema/h2.txt", new SchemaText(database)
                    .add("tables and views", "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES"
                            + " WHERE TABLE_SCHEMA = 'dbo' ORDER BY TABLE_NAME")
                    .add("columns", "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS length,"
                            + " NUMERIC_PRECISION AS digits, NUMERIC_SCALE AS scale, DATETIME_PRECISION AS fraction,"
                            + " IS_NULLABLE AS nullable, IS_IDENTITY AS \"identity\", COLUMN_DEFAULT AS \"default\""
                            + " FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo'"
                            + " ORDER BY TABLE_NAME, ORDINAL_POSITION")
                    .add("indexes", "SELECT i.TABLE_NAME, i.INDEX_NAME, i.INDEX_TYPE_NAME, c.COLUMN_NAME"
                            + " FROM INFORMATION_SCHEMA.INDEXES AS i INNER JOIN INFORMATION_SCHEMA.INDEX_COLUMNS AS c"
                            + " ON c.INDEX_SCHEMA = i.INDEX_SCHEMA AND c.INDEX_NAME = i.INDEX_NAME"
                            + " WHERE i.TABLE_SCHEMA = 'dbo' ORDER BY i.TABLE_NAME, i.INDEX_NAME, c.ORDINAL_POSITION")
                    .add("constraints", "SELECT t.TABLE_NAME, t.CONSTRAINT_NAME, t.CONSTRAINT_TYPE, c.CHECK_CLAUSE"
                            + " FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS AS t"
                            + " LEFT JOIN INFORMATION_SCHEMA.CHECK_CONSTRAINTS AS c"
                            + " ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME"
                            + " WHERE t.TABLE_SCHEMA = 'dbo' ORDER BY t.TABLE_NAME, t.CONSTRAINT_NAME")
                    .toString());
        }
    }

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
    void theStatementsOfAllDialects() throws Exception {
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
