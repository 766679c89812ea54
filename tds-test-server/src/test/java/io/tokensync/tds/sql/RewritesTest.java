package io.tokensync.tds.sql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.tds.protocol.SqlErrorException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RewritesTest {
    private static String h2(String statement) throws SqlErrorException {
        return Rewrites.toH2(Lexer.read(statement), name -> "?" + name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT * FROM tempdb..#stage                          ; SELECT * FROM "#stage"
            SELECT * FROM [tempdb].[dbo].[#stage]                 ; SELECT * FROM "#stage"
            SELECT a FROM [tokens].[dbo].[T]                      ; SELECT a FROM "dbo"."T"
            MERGE dbo.T WITH (HOLDLOCK) AS t                      ; MERGE INTO dbo.T AS t
            SELECT 1 FROM T WITH (UPDLOCK, READPAST) WHERE a = 1  ; SELECT 1 FROM T WHERE a = 1
            WHEN NOT MATCHED BY TARGET THEN                       ; WHEN NOT MATCHED THEN
            a = b COLLATE Latin1_General_100_BIN2                 ; a = CAST(b AS VARCHAR)
            SELECT @P0, N'it''s' -- why                           ; SELECT ?@P0, 'it''s'
            SELECT COUNT_BIG(*) FROM T OPTION (RECOMPILE)         ; SELECT COUNT(*) FROM T
            CAST(a AS NVARCHAR(MAX))                              ; CAST(a AS VARCHAR(1048576))
            CONVERT([bigint], a)                                  ; CONVERT(BIGINT, a)
            TRY_CAST(t.a AS DECIMAL(30, 10))                      ; dbo.TRY_DECIMAL(t.a, 30, 10)
            t.a COLLATE Latin1_General_100_BIN2                   ; CAST(t.a AS VARCHAR)
            t.a COLLATE Latin1_General_CI_AS                      ; t.a
            TRUNCATE TABLE #stage                                 ; DELETE FROM "#stage"
            DROP INDEX IX ON dbo.T                                ; DROP INDEX IX
            CREATE INDEX IX ON dbo.T (a DESC) INCLUDE (b)         ; CREATE INDEX IX ON dbo.T(a)
            CREATE UNIQUE NONCLUSTERED INDEX U ON T (a, b)        ; CREATE UNIQUE NULLS NOT DISTINCT INDEX U ON T(a, b)
            ALTER TABLE T ADD CONSTRAINT D DEFAULT (0) FOR n      ; ALTER TABLE T ALTER COLUMN n SET DEFAULT(0)
            ALTER TABLE dbo.T SET (LOCK_ESCALATION = DISABLE)     ; ALTER TABLE dbo.T SET REFERENTIAL_INTEGRITY TRUE
            ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON ; UPDATE sys.database_options SET read_committed_snapshot = TRUE
            """)
    void aStatementIsRewrittenForH2(String statement, String expected) throws SqlErrorException {
        assertThat(squeezed(h2(statement))).isEqualTo(squeezed(expected));
    }

    private static String squeezed(String sql) {
        return sql.replaceAll("\\s+", "");
    }

    @Test
    void aColumnTakesItsClausesInAnyOrder() throws SqlErrorException {
        assertThat(squeezed(
                h2("CREATE TABLE #t (a NVARCHAR(5) NOT NULL CONSTRAINT d DEFAULT N'x' COLLATE Latin1_General_BIN2)")))
                .isEqualTo(squeezed("CREATE LOCAL TEMPORARY TABLE \"#t\" (a VARCHAR(5) DEFAULT 'x' NOT NULL "
                        + "COMMENT 'nvarchar 5 0 Latin1_General_BIN2') TRANSACTIONAL"));
    }

    @Test
    void aComputedColumnHasTheTypeOfItsCast() throws SqlErrorException {
        assertThat(squeezed(h2("CREATE TABLE t (a NVARCHAR(5), b AS CAST(JSON_VALUE(a, '$.x') AS INT) PERSISTED)")))
                .isEqualTo(squeezed("CREATE TABLE t (a VARCHAR_IGNORECASE(5) COMMENT 'nvarchar 5 0 ',"
                        + " b INTEGER GENERATED ALWAYS AS (JSON_VALUE(a, '$.x')) COMMENT 'int -2 0 ')"));
    }

    @Test
    void whatMayNotBeGuessedIsRejected() {
        for (String statement : new String[]{"CREATE TABLE t (a XML)", "CREATE TABLE t (a INT SPARSE)",
                "CREATE TABLE t (a INT, b AS a + 1)",
                "CREATE TABLE t (a INT, b AS CAST(a AS INT))",
                "CREATE UNIQUE INDEX u ON t (a) WHERE a > 0"}) {
            assertThatThrownBy(() -> h2(statement)).isInstanceOfSatisfying(SqlErrorException.class,
                    e -> assertThat(e.error().number()).isEqualTo(102));
        }
    }
}
