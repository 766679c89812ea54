package io.tokensync.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.jdbc.SqlText;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a real SQL Server is strict about and the wire endpoint, which has another database inside, may not be: read from
 * the scripts themselves.
 */
class SqlResourcesTest {
    private static final int MOST_KEY_BYTES = 1_700;
    private static final int MOST_CLUSTERED_KEY_BYTES = 900;
    /** One index may be longer than SQL Server allows; the script says why. */
    private static final Set<String> ON_PURPOSE = Set.of("IX_TokenRecords_did");

    /** Not on every edition or compatibility level, not in Azure SQL, or not meaning what it seems to. */
    private static final Pattern NOT_ORDINARY = Pattern.compile("\\b(USE|STRING_AGG|STRING_SPLIT|OPENJSON|FILEGROUP|"
            + "TEXTIMAGE_ON|DROP (TABLE|VIEW|INDEX) IF EXISTS|NOLOCK|GETDATE|GETUTCDATE|DATETIME|"
            + "ISNULL|GENERATE_SERIES|GREATEST|LEAST|TRIM|IS (NOT )?DISTINCT FROM|sys\\.dm_\\w+|xp_\\w+|OPTIMIZE_FOR_\\w+)\\b");
    private static final Set<String> TYPES = Set.of("NVARCHAR", "BIGINT", "INT", "BIT", "CHAR", "DATETIME2", "FLOAT",
            "UNIQUEIDENTIFIER", "DECIMAL");
    /** In the place of a type. */
    private static final String COMPUTED = "AS";
    private static final Pattern COLUMN = Pattern.compile("(?m)^ +(\\w+) +([A-Z][A-Z0-9]+)(\\([\\dMAX, ]+\\))?( .*)?$");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\S+) \\((.*?)\\n *\\);", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile(
            "(?:INDEX (\\w+) ON \\S+ |CONSTRAINT (\\w+) PRIMARY KEY (?:NON)?CLUSTERED )\\(([\\w, ]+)\\)");

    /** The scripts of the schema as they run, and whatever else is sent. */
    static Stream<Arguments> scripts() throws URISyntaxException {
        Stream<Arguments> schema = Pattern.compile("(?m)^-- (?=\\w+\\.sql$)")
                .splitAsStream(Schema.print(Dialect.SQL_SERVER))
                .filter(Predicate.not(String::isEmpty))
                .map(script -> arguments(script.lines().findFirst().orElseThrow(), code("-- " + script)));
        Path writer = Path.of(SqlResourcesTest.class.getResource("/io/tokensync/writer/jdbc/merge.sql").toURI())
                .getParent().getParent();
        Stream<Path> files = Stream.of("jdbc", "schema", "verification/jdbc").map(writer::resolve).flatMap(SqlResourcesTest::files)
                .filter(file -> file.toString().endsWith(".sql")
                        && !file.getParent().endsWith("sqlite"));
        return Stream.concat(schema, files.map(file -> arguments(file.getFileName().toString(),
                code(SqlText.resource("/io/tokensync/writer/" + writer.relativize(file))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void aScriptIsOrdinarySql(String name, String code) {
        Pattern rejected = name.equals("optional.sql") ? Pattern.compile("(?i)INSERT|UPDATE|DELETE") : NOT_ORDINARY;
        assertThat(rejected.matcher(code).results().map(MatchResult::group).distinct()).isEmpty();
    }

    @Test
    void aViewBeginsItsBatch() {
        List<String> views = Pattern.compile("(?m)^GO$").splitAsStream(code(Schema.print(Dialect.SQL_SERVER)))
                .filter(batch -> batch.contains(" VIEW ")).map(String::strip).toList();
        assertThat(views).hasSize(11).allSatisfy(view -> assertThat(view).startsWith("CREATE OR ALTER VIEW dbo.")
                .containsOnlyOnce("CREATE").doesNotContain("VALUES")); // with it in a view the database of the wire endpoint loses rows
    }

    /** A temporary table takes the collations of tempdb, and what is compared or mixed with the table must not. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void everyTextOfATemporaryTableNamesItsCollation(String name, String code) {
        TABLE.matcher(code).results().filter(table -> table.group(1).startsWith("#"))
                .flatMap(table -> COLUMN.matcher(table.group(2)).results())
                .filter(column -> column.group(2).equals("NVARCHAR"))
                .forEach(column -> assertThat(column.group()).as(name)
                        .containsPattern("COLLATE (Latin1_General_100_BIN2|DATABASE_DEFAULT)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void tablesHaveOrdinaryTypes(String name, String code) {
        TABLE.matcher(code).results().flatMap(table -> COLUMN.matcher(table.group(2)).results())
                .filter(column -> !column.group(1).equals("CONSTRAINT") && !column.group(2).equals(COMPUTED))
                .forEach(column -> assertThat(TYPES).as("%s in %s", column.group(), name).contains(column.group(2)));
    }

    /** What an index holds must be stored, and must be of one type whatever the content says. */
    @Test
    void computedColumnsAreStoredNumbers() {
        String code = code(SqlText.resource("/db/sqlserver/V001__tables.sql"));
        List<String> computed = Pattern.compile("(?m)^ +token_\\w+ +AS (.*\\R.*?),?$").matcher(code).results()
                .map(column -> column.group(1)).toList();
        assertThat(computed).hasSize(2).allSatisfy(column -> assertThat(column).startsWith("CAST(")
                .endsWith(" AS INT) PERSISTED").contains("ISJSON(", "TRY_CAST("));
    }

    /** An index whose columns may be longer is made with a warning and rejects rows later. */
    @Test
    void keysFitTheirIndexes() {
        String code = code(SqlText.resource("/db/sqlserver/V001__tables.sql")
                + SqlText.resource("/db/sqlserver/V003__verifications.sql"));
        Map<String, Integer> bytes = new TreeMap<>();
        TABLE.matcher(code).results().flatMap(table -> COLUMN.matcher(table.group(2)).results())
                .forEach(column -> bytes.put(column.group(1), bytes(column)));
        List<MatchResult> keys = KEY.matcher(code).results().toList();
        assertThat(keys).hasSizeGreaterThanOrEqualTo(5);
        for (MatchResult key : keys) {
            String name = key.group(1) == null ? key.group(2) : key.group(1);
            int length = Arrays.stream(key.group(3).split(", ", -1)).mapToInt(bytes::get).sum();
            int most = key.group().contains(" CLUSTERED") ? MOST_CLUSTERED_KEY_BYTES : MOST_KEY_BYTES;
            assertThat(length <= most || ON_PURPOSE.contains(name)).as("%s has a key of %d bytes", name, length)
                    .isTrue();
        }
    }

    /** MERGE is the one statement that SQL Server does not take without it. */
    @Test
    void whatIsSentAsAStatementEndsWithASemicolon() {
        for (String file : List.of("merge.sql", "count.sql", "sqlserver/content.sql")) {
            assertThat(code(SqlText.resource(file)).strip()).endsWith(";");
        }
        SqlText parts = SqlText.of("/io/tokensync/writer/jdbc/law.sql",
                "/io/tokensync/writer/jdbc/sqlserver/dialect.sql");
        assertThat(List.of("prepare", "prepare_narrow", "compare_narrow"))
                .allSatisfy(name -> assertThat(parts.part(name)).endsWith(";"));
    }

    private static int bytes(MatchResult column) {
        String length = column.group(3);
        if (!column.group(2).equals("NVARCHAR") || length == null || length.contains("MAX")) {
            return 8;
        }
        return 2 * Integer.parseInt(length.substring(1, length.length() - 1));
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(String script) {
        return script.replaceAll("(?m)^\\s*--.*\\R?", "");
    }
}
