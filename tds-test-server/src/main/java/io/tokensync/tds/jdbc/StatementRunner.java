package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.EnvChange;
import io.tokensync.tds.protocol.MessageToken;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.sql.DeclaredType;
import io.tokensync.tds.sql.Lexeme;
import io.tokensync.tds.sql.Rewrites;
import io.tokensync.tds.sql.Statement;
import io.tokensync.tds.sql.SyntaxErrors;

/** Runs the statements of one batch or call and writes what each answers. */
final class StatementRunner {
    private final SqlSession session;
    private final Connection connection;
    private final Answer answer;
    private final Scope scope;
    private final Done.Kind kind;
    private final Errors errors;
    private int attempts;
    private SqlErrorException caught;

    StatementRunner(SqlSession session, Answer answer, Scope scope, Done.Kind kind) {
        this.session = session;
        this.connection = session.connection();
        this.answer = answer;
        this.scope = scope;
        this.kind = kind;
        this.errors = new Errors(session, answer);
    }

    /** Runs all of them; an error ends one or, where it is of that sort, all. */
    void run(List<Statement> statements) throws IOException, BatchAbortedException, SqlErrorException {
        for (Statement statement : statements) {
            if (session.cancellation().requested()) {
                throw errors.cancelled();
            }
            runOne(statement);
        }
    }

    private void runOne(Statement statement) throws IOException, BatchAbortedException, SqlErrorException {
        try {
            run(statement);
        } catch (SQLException e) {
            failed(new SqlErrorException(ErrorNumbers.of(e, text(statement))));
        } catch (SqlErrorException e) {
            failed(e);
        }
    }

    private void failed(SqlErrorException e) throws IOException, BatchAbortedException, SqlErrorException {
        if (e.error().number() == ErrorNumbers.CANCELLED) {
            throw errors.cancelled();
        }
        if (attempts > 0) {
            throw e;
        }
        errors.report(e.error(), kind);
    }

    private static String text(Statement statement) {
        return switch (statement) {
            case Statement.Plain(List<Lexeme> lexemes) -> Rewrites.text(lexemes);
            case Statement.If condition -> "IF " + Rewrites.text(condition.condition());
            default -> statement.toString();
        };
    }

    private void run(Statement statement) throws IOException, SQLException, SqlErrorException, BatchAbortedException {
        switch (statement) {
            case Statement.SetOption(String option, String value) -> set(option, value);
            case Statement.Begin() -> session.transactions().begin(answer);
            case Statement.Commit() -> session.transactions().commit(answer);
            case Statement.Rollback(Optional<String> savepoint) -> session.transactions().rollback(savepoint, answer);
            case Statement.Save(String savepoint) -> session.transactions().save(savepoint, answer);
            case Statement.If condition -> choose(condition);
            case Statement.Block(List<Statement> statements) -> run(statements);
            case Statement.TryCatch(Statement attempt, Statement handler) -> attempt(attempt, handler);
            case Statement.InsertBulk bulk -> insertBulk(bulk);
            case Statement.Assign assign -> assign(assign);
            case Statement.Execute call -> session.procedures().execute(call, answer, scope);
            case Statement.Throw(SqlError error) -> throw error == null ? rethrown() : new SqlErrorException(error);
            case Statement.Print(String text) -> answer.send(MessageToken.info(0, 1, text));
            case Statement.WaitFor(long millis) -> pause(millis);
            case Statement.Use(String database) -> answer.send(EnvChange.database(database, Database.NAME));
            case Statement.Plain plain -> plain(plain);
        }
        if (session.cancellation().requested()) {
            throw errors.cancelled();
        }
        if (!answersItself(statement)) {
            done(-1);
        }
    }

    private static boolean answersItself(Statement statement) {
        return switch (statement) {
            case Statement.Plain _,Statement.Execute _,Statement.If _,Statement.Block _,Statement.TryCatch _ -> true;
            default -> false;
        };
    }

    /** THROW without arguments, which belongs into a CATCH block. */
    private SqlErrorException rethrown() {
        return caught != null ? caught : new SqlErrorException(SyntaxErrors.unknown("THROW outside of CATCH", "THROW"));
    }

    private void done(long count) throws IOException {
        int status = session.transactions().open() ? Done.IN_TRANSACTION : 0;
        answer.send(new Done(kind, status, session.options().noCount() ? -1 : count));
    }

    private void set(String option, String value) throws SQLException, SqlErrorException {
        boolean on = value.equals("ON");
        switch (option) {
            case "XACT_ABORT" -> session.options().xactAbort(on);
            case "NOCOUNT" -> session.options().noCount(on);
            case "FMTONLY" -> session.options().metadataOnly(on);
            case "IMPLICIT_TRANSACTIONS" -> session.transactions().implicit(on);
            case "LOCK_TIMEOUT" -> session.locks().timeout(milliseconds(value));
            case "TRANSACTION" -> session.isolation(value);
            default -> {
            }
        }
    }

    private static long milliseconds(String value) throws SqlErrorException {
        if (!value.matches("-?\\d{1,10}")) {
            throw new SqlErrorException(SyntaxErrors.unknown("a time in milliseconds", value));
        }
        return Long.parseLong(value);
    }

    private void choose(Statement.If condition)
            throws IOException, SQLException, SqlErrorException, BatchAbortedException {
        if (!session.options().metadataOnly() && Boolean.TRUE.equals(evaluate("CASE WHEN ", condition.condition(),
                " THEN TRUE ELSE FALSE END"))) {
            runOne(condition.then());
        } else if (condition.otherwise().isPresent()) {
            runOne(condition.otherwise().get());
        } else {
            done(-1);
        }
    }

    private Object evaluate(String before, List<Lexeme> expression, String after)
            throws SQLException, SqlErrorException {
        Scope.Binding binding = scope.new Binding();
        String sql = "SELECT " + before + Rewrites.toH2(expression, binding) + after;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            binding.bind(query);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return before.isEmpty()
                        ? H2Types.value(result, 1, H2Types.wire(result.getMetaData(), 1))
                        : result.getObject(1, Boolean.class);
            }
        }
    }

    private void assign(Statement.Assign assign) throws SQLException, SqlErrorException {
        var type = assign.type().isEmpty()
                ? scope.type(assign.variable())
                : DeclaredType.read(assign.type(), null).wire();
        scope.declare(assign.variable(), type, evaluate("", assign.value(), ""));
    }

    private void attempt(Statement attempt, Statement handler)
            throws IOException, SQLException, SqlErrorException, BatchAbortedException {
        try {
            attempts++;
            run(attempt);
            attempts--;
        } catch (SqlErrorException e) {
            attempts--;
            if (errors.endsTransaction(e.error())) {
                session.transactions().rollbackAll(answer);
            }
            caught = e;
            run(handler);
        }
    }

    private void insertBulk(Statement.InsertBulk bulk) throws SQLException, IOException, SqlErrorException {
        session.transactions().beforeChange(answer);
        session.announce(new BulkInsert(Rewrites.table(bulk.table()), bulk.columns()));
    }

    private void pause(long millis) {
        try {
            session.cancellation().await(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void plain(Statement.Plain plain) throws SQLException, SqlErrorException, IOException {
        if (session.functions().define(plain.lexemes())) {
            done(-1);
            return;
        }
        Scope.Binding binding = scope.new Binding();
        String sql = Rewrites.toH2(session.functions().expanded(plain.lexemes()), binding);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            if (session.options().metadataOnly()) {
                if (statement.getMetaData() != null) {
                    session.results().describe(statement.getMetaData(), answer);
                }
                done(-1);
            } else {
                execute(plain, statement);
            }
        }
    }

    private void execute(Statement.Plain plain, PreparedStatement statement) throws SQLException, IOException {
        Verb verb = Verb.of(plain.lexemes());
        if (verb.beginsTransaction()) {
            session.transactions().beforeChange(answer);
        }
        boolean rows;
        session.cancellation().running(() -> Cancelling.cancel(statement));
        try {
            rows = session.locks().run(statement::execute);
        } finally {
            session.cancellation().running(null);
        }
        long count = rows ? session.results().write(statement.getResultSet(), answer) : statement.getUpdateCount();
        session.options().lastCount(count);
        if (verb == Verb.DEFINITION) {
            session.catalogue().changed();
        }
        done(verb == Verb.DEFINITION ? -1 : count);
    }
}
