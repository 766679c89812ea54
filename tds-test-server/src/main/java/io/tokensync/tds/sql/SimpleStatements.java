package io.tokensync.tds.sql;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;

import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;

/** THROW, RAISERROR, PRINT and WAITFOR, with literals. */
final class SimpleStatements {
    private static final int USER_ERROR = 50_000;
    private static final int ORDINARY_SEVERITY = 16;

    private SimpleStatements() {}

    static Statement read(String word, List<Lexeme> lexemes, String text) throws SqlErrorException {
        try {
            return switch (word) {
                case "THROW" -> lexemes.size() == 1 ? new Statement.Throw(null) : raised(lexemes);
                case "RAISERROR" -> raiseError(lexemes);
                case "PRINT" -> new Statement.Print(lexemes.get(1).text());
                default -> waitFor(lexemes);
            };
        } catch (IndexOutOfBoundsException | NumberFormatException | DateTimeParseException e) {
            throw new SqlErrorException(SyntaxErrors.unknown(word + " with something else than literals", text));
        }
    }

    /** THROW number, 'text', state. */
    private static Statement raised(List<Lexeme> lexemes) {
        return new Statement.Throw(new SqlError(number(lexemes.get(1)), number(lexemes.get(5)), ORDINARY_SEVERITY,
                lexemes.get(3).text()));
    }

    /** RAISERROR ('text', severity, state). */
    private static Statement raiseError(List<Lexeme> lexemes) {
        return new Statement.Throw(new SqlError(USER_ERROR, number(lexemes.get(6)), number(lexemes.get(4)),
                lexemes.get(2).text()));
    }

    private static Statement waitFor(List<Lexeme> lexemes) {
        return new Statement.WaitFor(
                Duration.ofNanos(LocalTime.parse(lexemes.get(2).text()).toNanoOfDay()).toMillis());
    }

    private static int number(Lexeme lexeme) {
        return Integer.parseInt(lexeme.text());
    }
}
