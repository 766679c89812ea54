package io.tokensync.writer.jdbc;

import java.util.Map;

import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementParser;
import org.junit.jupiter.api.Test;

import io.tokensync.testkit.golden.Golden;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two grammars of T-SQL that are not ours read every statement of our scripts. Neither knows all of the language; the golden file says which
 * statement is known to which, so that one that was read before, and is not any more, is seen.
 */
class TsqlGrammarTest {
    /** What a statement is read without: the grammar does not know it, and it changes nothing else in the statement. */
    private static final String UNKNOWN_TO_JSQLPARSER = "^SET XACT_ABORT ON;\\s*|(?<=^CREATE )OR ALTER ";
    private static final String UNKNOWN_TO_SHARDINGSPHERE = "OPTION \\([A-Z, ]+\\)(?=;?$)";

    @Test
    void statementsAreReadByIndependentGrammars() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> statement : TsqlStatements.all().entrySet()) {
            boolean first = shardingSphereReads(statement.getValue());
            boolean second = jsqlParserReads(statement.getValue());
            assertThat(first || second).as("read by one at least: %s%n%s", statement.getKey(), statement.getValue())
                    .isTrue();
            text.append(first ? "ShardingSphere " : "-              ").append(second ? "JSqlParser " : "-          ")
                    .append(statement.getKey()).append('\n');
        }
        Golden.files().check("schema/tsql-grammars.txt", text.toString());
    }

    @Test
    void aSlipOfTheHandIsRead() {
        String merge = new SqlText("sqlserver").statement("merge.sql");
        String slip = merge.replace("WHEN NOT MATCHED THEN INSERT (", "WHEN NOT MATCHED THEN INSERT ");
        assertThat(slip).isNotEqualTo(merge);
        assertThat(shardingSphereReads(slip)).isFalse();
        assertThat(jsqlParserReads(slip)).isFalse();
    }

    private static boolean jsqlParserReads(String sql) {
        try {
            CCJSqlParserUtil.parseStatements(sql.replaceAll(UNKNOWN_TO_JSQLPARSER, ""),
                    parser -> parser.withSquareBracketQuotation(true));
            return true;
        } catch (JSQLParserException _) {
            return false;
        }
    }

    private static boolean shardingSphereReads(String sql) {
        Strict strict = new Strict();
        SQLServerStatementLexer lexer = new SQLServerStatementLexer(
                CharStreams.fromString(sql.replaceAll(UNKNOWN_TO_SHARDINGSPHERE, "")));
        SQLServerStatementParser parser = new SQLServerStatementParser(new CommonTokenStream(lexer));
        lexer.removeErrorListeners();
        parser.removeErrorListeners();
        lexer.addErrorListener(strict);
        parser.addErrorListener(strict);
        try {
            parser.execute();
            return isAtEnd(parser);
        } catch (ParseCancellationException _) {
            return false;
        }
    }

    private static boolean isAtEnd(Parser parser) {
        return parser.getCurrentToken().getType() == Token.EOF;
    }

    /** Ends at the first error, which the parser would go on behind. */
    private static final class Strict extends BaseErrorListener {
        @Override
        public void syntaxError(Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message,
                RecognitionException cause) {
            throw new ParseCancellationException(message, cause);
        }
    }
}
