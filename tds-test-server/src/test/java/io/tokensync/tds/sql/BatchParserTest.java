package io.tokensync.tds.sql;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.tds.protocol.SqlErrorException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchParserTest {
    private static List<String> kinds(String batch) throws SqlErrorException {
        return BatchParser.parse(batch).stream().map(statement -> statement.getClass().getSimpleName()).toList();
    }

    @Test
    void theBatchesOfTheDriverComeApart() throws SqlErrorException {
        assertThat(kinds("set implicit_transactions off IF @@TRANCOUNT > 0 COMMIT TRAN ")).containsExactly("SetOption",
                "If");
        assertThat(
                kinds("if @@trancount = 0 begin set implicit_transactions off begin tran set implicit_transactions on "
                        + "end save tran S1"))
                .containsExactly("If", "Save");
        assertThat(kinds("sp_executesql N'SET FMTONLY ON SELECT * FROM [dbo].[T] '")).containsExactly("Execute");
        assertThat(kinds("SET FMTONLY ON SELECT * FROM t SET FMTONLY OFF")).containsExactly("SetOption", "Plain",
                "SetOption");
        assertThat(kinds("SET TRANSACTION ISOLATION LEVEL READ COMMITTED SELECT 1")).containsExactly("SetOption",
                "Plain");
        assertThat(kinds("INSERT BULK t ([a] INT , [b] NVARCHAR(MAX) )  with (TABLOCK)")).containsExactly("InsertBulk");
    }

    @Test
    void caseAndUpdateAreNotTakenForOtherStatements() throws SqlErrorException {
        assertThat(kinds(
                "UPDATE t SET language = CASE WHEN a = 1 THEN 2 ELSE 3 END; IF 1 = 1 SELECT CASE WHEN 1 = 1 THEN 1 "
                        + "ELSE 2 END ELSE PRINT 'no'; DROP TABLE IF EXISTS t"))
                .containsExactly("Plain", "If", "Plain");
    }

    @Test
    void tryAndCatchAreBlocks() throws SqlErrorException {
        assertThat(kinds("BEGIN TRY SELECT 1; END TRY BEGIN CATCH ROLLBACK TRAN half; THROW; END CATCH"))
                .containsExactly("TryCatch");
        assertThat(BatchParser.parse("ROLLBACK TRAN half"))
                .containsExactly(new Statement.Rollback(Optional.of("half")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"END", "BEGIN SELECT 1", "IF 1 = 1", "SAVE TRAN", "INSERT BULK t",
            "DECLARE @t TABLE (a INT)",
            "SET NOTHING ON", "WAITFOR DELAY soon", "RAISERROR (50001)", "EXEC", "SELECT 'open", "/* open", "[open",
            "USE"})
    void whatIsIncompleteOrUnknownIsASyntaxError(String batch) {
        assertThatThrownBy(() -> BatchParser.parse(batch)).isInstanceOfSatisfying(SqlErrorException.class,
                e -> assertThat(e.error().number()).isIn(102, 105));
    }
}
