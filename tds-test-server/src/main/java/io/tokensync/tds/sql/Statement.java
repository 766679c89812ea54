package io.tokensync.tds.sql;

import java.util.List;
import java.util.Optional;

import io.tokensync.tds.protocol.SqlError;

/** A statement of a batch. */
public sealed interface Statement {
    /** SET of an option; the value in upper case. */
    record SetOption(String option, String value) implements Statement {}

    /** BEGIN TRANSACTION. */
    record Begin() implements Statement {}

    /** COMMIT. */
    record Commit() implements Statement {}

    /** ROLLBACK, of all or to a savepoint. */
    record Rollback(Optional<String> savepoint) implements Statement {}

    /** SAVE TRANSACTION. */
    record Save(String savepoint) implements Statement {}

    /** IF and ELSE. */
    record If(List<Lexeme> condition, Statement then, Optional<Statement> otherwise) implements Statement {}

    /** BEGIN ... END. */
    record Block(List<Statement> statements) implements Statement {}

    /** BEGIN TRY ... BEGIN CATCH ... . */
    record TryCatch(Statement attempt, Statement handler) implements Statement {}

    /** The announcement of a bulk load; its rows follow in a message of their own. */
    record InsertBulk(List<Lexeme> table, List<String> columns) implements Statement {}

    /** DECLARE or SET of a local variable; the type is empty for SET. */
    record Assign(String variable, List<Lexeme> type, List<Lexeme> value) implements Statement {}

    /** EXECUTE of a procedure with literals or variables, named or not. */
    record Execute(String procedure, List<List<Lexeme>> arguments) implements Statement {}

    /** THROW and RAISERROR with literals; null for THROW without arguments. */
    record Throw(SqlError error) implements Statement {}

    /** PRINT of a literal. */
    record Print(String text) implements Statement {}

    /** WAITFOR DELAY. */
    record WaitFor(long millis) implements Statement {}

    /** USE. */
    record Use(String database) implements Statement {}

    /** Everything that H2 runs, once rewritten. */
    record Plain(List<Lexeme> lexemes) implements Statement {}
}
