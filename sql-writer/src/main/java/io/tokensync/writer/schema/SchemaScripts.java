package io.tokensync.writer.schema;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqliteSyntax;
import io.tokensync.writer.jdbc.SqlText;

/**
 * The scripts that make the schema of one dialect: the tables are written for each dialect, the views once for all, with
 * {@code ${x}} for the part {@code x} of {@code dialect.sql}.
 */
final class SchemaScripts implements ResourceProvider {
    static final String TABLES = "V001__tables.sql";
    /** Those that a database sees once, in their order. */
    private static final List<String> MIGRATIONS = List.of(TABLES, "V002__history.sql", "V003__verifications.sql",
            "V004__search.sql");
    /** In Flyway's order, which is that of their names: first those that read tables, then those that read views. */
    private static final List<String> VIEWS = List.of("R__1_vw_NodeVerification.sql", "R__1_vw_Nodes.sql",
            "R__1_vw_PartsAgainstParent.sql", "R__1_vw_TokenContents.sql", "R__1_vw_TokenIdentity.sql",
            "R__1_vw_Tokens.sql",
            "R__2_vw_FreeOnSeveralNodes.sql", "R__2_vw_StaleNodes.sql", "R__2_vw_SupplyByLevel.sql",
            "R__2_vw_TokenHolders.sql", "R__2_vw_UnverifiableContent.sql");
    /** Of SQL Server alone: a file of SQLite keeps no function. */
    private static final String FUNCTION = "R__3_TokensAsOf.sql";
    /** Of SQLite alone: a server measures by itself. */
    private static final String STATISTICS = "R__4_statistics.sql";
    private static final String AS_OF = "tokens_as_of";
    private static final String VARIABLE = "@at";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private static final Pattern REPLACE_VIEW = Pattern.compile("(?m)^CREATE OR REPLACE VIEW (\\w+) AS$");

    private final Dialect dialect;
    private final String tables;
    private final SqlText text;

    SchemaScripts(Dialect dialect) {
        this.dialect = dialect;
        this.tables = "db/" + dialect.directory();
        this.text = SqlText.of(dialectFile(dialect));
    }

    /** The resource with what the dialect says in its own way. */
    static String dialectFile(Dialect dialect) {
        return "/io/tokensync/writer/schema/" + dialect.directory() + "/dialect.sql";
    }

    /** The script that makes the tables. */
    String tables() {
        return migration(TABLES);
    }

    private String migration(String name) {
        return SqlText.resource("/" + tables + "/" + name);
    }

    /** A part of what the dialect says in its own way. */
    String part(String name) {
        return text.part(name);
    }

    /** All scripts as they run, each headed by its name, for whoever runs them by hand. */
    String print() {
        StringBuilder print = new StringBuilder();
        for (String migration : MIGRATIONS) {
            print.append(print.isEmpty() ? "-- " : "\n-- ").append(migration).append('\n').append(migration(migration));
        }
        for (String view : VIEWS) {
            print.append("\n-- ").append(view).append('\n').append(view(view)).append(text.part("end_of_script"))
                    .append('\n');
        }
        String last = dialect == Dialect.SQL_SERVER ? expanded(migration(FUNCTION)) : migration(STATISTICS);
        return print.append("\n-- ").append(dialect == Dialect.SQL_SERVER ? FUNCTION : STATISTICS).append('\n')
                .append(last).toString();
    }

    /** What makes this view. A view of SQLite stands in its file, and names no schema; it cannot be replaced but only made. */
    private String view(String name) {
        String script = expanded(SqlText.resource("/db/views/" + name));
        return dialect == Dialect.SQLITE
                ? REPLACE_VIEW.matcher(SqliteSyntax.inItsFile(script))
                        .replaceFirst("DROP VIEW IF EXISTS $1;\nCREATE VIEW $1 AS")
                : script;
    }

    /** For Flyway and SQLite, whose scripts are not as they stand in the directories. */
    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return Stream.of(MIGRATIONS, VIEWS, List.of(STATISTICS)).flatMap(List::stream)
                .filter(name -> name.startsWith(prefix)).map(this::getResource).toList();
    }

    @Override
    public LoadableResource getResource(String name) {
        if (MIGRATIONS.contains(name) || name.equals(STATISTICS)) {
            return new ScriptText(name, migration(name));
        }
        return VIEWS.contains(name) ? new ScriptText(name, view(name)) : null; // Flyway asks for files beside the scripts too
    }

    /** Where Flyway finds them. */
    String[] locations() {
        return Stream.of(tables, "db/views").map(directory -> "classpath:" + directory).toArray(String[]::new);
    }

    /** What Flyway puts in the place of each {@code ${x}}; it fails at any other. */
    Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>(text.parts());
        placeholders.put(AS_OF, AsOf.text(VARIABLE));
        return placeholders;
    }

    private String expanded(String script) {
        Map<String, String> placeholders = placeholders();
        return PLACEHOLDER.matcher(script)
                .replaceAll(name -> Matcher.quoteReplacement(placeholders.get(name.group(1))));
    }
}
