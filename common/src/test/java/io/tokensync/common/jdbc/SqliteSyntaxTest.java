package io.tokensync.common.jdbc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqliteSyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "SELECT N'x', n'it''s', 'an N''y'|SELECT 'x', 'it''s', 'an N''y'",
            "SELECT column_N 'x'|SELECT column_N 'x'", "SELECT ISNULL(a, LEN (b))|SELECT IFNULL(a, LENGTH (b))",
            "SELECT [len](a), 'len(a)' -- len(a)|SELECT [len](a), 'len(a)' -- len(a)",
            "/* ISNULL(a) */ SELECT \"N\"|/* ISNULL(a) */ SELECT \"N\"", "SELECT 'not closed|SELECT 'not closed",
            "SELECT * FROM [dbo].[vw_Tokens] WHERE x IN ('a')|SELECT * FROM [dbo].[vw_Tokens] WHERE x IN ('a')"})
    void aWordIsTranslatedWhereItIsOne(String sql, String sqlite) {
        assertThat(SqliteSyntax.of(sql)).isEqualTo(sqlite);
    }

    @Test
    void theTimeAndANewIdAreExpressions() {
        assertThat(SqliteSyntax.of("SELECT GETUTCDATE(), SYSUTCDATETIME ( ) FROM t WHERE a < getutcdate()"))
                .isEqualTo("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), strftime('%Y-%m-%d %H:%M:%f', 'now') FROM t"
                        + " WHERE a < strftime('%Y-%m-%d %H:%M:%f', 'now')");
        assertThat(SqliteSyntax.of("SELECT NEWID()")).contains("randomblob");
    }

    @Test
    void whatTheFileKeepsNamesNoSchema() {
        assertThat(SqliteSyntax.inItsFile("CREATE VIEW dbo.v AS SELECT N'dbo.x' FROM [dbo].t AS dbo_1 JOIN dbo . u"))
                .isEqualTo("CREATE VIEW v AS SELECT 'dbo.x' FROM t AS dbo_1 JOIN  u");
    }

    @Test
    void forWhatHasNoEqualThereIsAdvice() {
        assertThat(SqliteSyntax.advice("SELECT TOP (5) DATEADD(HOUR, 1, x) FROM t")).hasSize(2)
                .anyMatch(text -> text.contains("LIMIT")).anyMatch(text -> text.contains("datetime("));
        assertThat(SqliteSyntax.advice("SELECT 'TOP', [top] FROM t -- TOP")).isEmpty();
    }
}
