package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.tds.faults.Event;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.ReturnStatus;
import io.tokensync.tds.protocol.ReturnValue;
import io.tokensync.tds.protocol.RpcRequest;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.sql.BatchParser;
import io.tokensync.tds.sql.Lexeme;
import io.tokensync.tds.sql.Statement;
import io.tokensync.tds.types.DataType;
import io.tokensync.tds.types.TypeInfo;

/** The system procedures: prepared statements by handle, new names of tables, and application locks. */
final class Procedures {
    private final SqlSession session;
    private final ApplicationLocks locks;
    private final Map<Long, Prepared> prepared = new HashMap<>();
    private long lastHandle;

    Procedures(SqlSession session, ApplicationLocks locks) {
        this.session = session;
        this.locks = locks;
    }

    private record Prepared(String text, List<String> names, List<Statement> statements) {}

    /** A call that came as RPC. */
    void call(RpcRequest request, Answer answer)
            throws IOException, SqlErrorException, BatchAbortedException, SQLException {
        List<RpcRequest.Parameter> given = request.parameters();
        switch (request.procedure()) {
            case "sp_executesql" -> {
                Prepared once = prepare(text(given, 0), given.size() > 1 ? text(given, 1) : "");
                run(once, tail(given, 2), answer);
            }
            case "sp_prepare" -> returnHandle(remember(prepare(text(given, 2), text(given, 1))), answer);
            case "sp_prepexec" -> {
                Prepared kept = prepare(text(given, 2), text(given, 1));
                returnHandleAfter(kept, tail(given, 3), answer);
            }
            case "sp_execute" -> run(find(given), tail(given, 1), answer);
            case "sp_unprepare" -> {
                prepared.remove(handle(given));
                finished(answer);
            }
            case "sp_reset_connection" -> finished(answer);
            default -> throw unknown(request.procedure());
        }
    }

    private static SqlErrorException unknown(String procedure) {
        return new SqlErrorException(
                new SqlError(2812, 62, 16, "Could not find stored procedure '" + procedure + "'."));
    }

    private static String text(List<RpcRequest.Parameter> given, int i) throws SqlErrorException {
        if (i >= given.size() || (given.get(i).value() != null && !(given.get(i).value() instanceof String))) {
            throw new SqlErrorException(new SqlError(201, 4, 16, "Procedure expects a text as parameter " + i + "."));
        }
        return given.get(i).value() == null ? "" : (String) given.get(i).value();
    }

    private static List<RpcRequest.Parameter> tail(List<RpcRequest.Parameter> given, int from) {
        return from >= given.size() ? List.of() : given.subList(from, given.size());
    }

    private static Prepared prepare(String text, String declaration) throws SqlErrorException {
        return new Prepared(text, ParameterNames.read(declaration), BatchParser.parse(text));
    }

    private long remember(Prepared statement) {
        prepared.put(++lastHandle, statement);
        return lastHandle;
    }

    private static long handle(List<RpcRequest.Parameter> given) {
        return given.isEmpty() || !(given.getFirst().value() instanceof Long number) ? -1 : number;
    }

    private Prepared find(List<RpcRequest.Parameter> given) throws SqlErrorException {
        Prepared found = prepared.get(handle(given));
        if (found == null) {
            throw new SqlErrorException(new SqlError(8179, 2, 16,
                    "Could not find prepared statement with handle " + handle(given) + "."));
        }
        return found;
    }

    private void returnHandle(long handle, Answer answer) throws IOException {
        answer.send(new ReturnStatus(0));
        answer.send(new ReturnValue(0, "", TypeInfo.sized(DataType.INTN, 4), handle));
        answer.send(Done.of(Done.Kind.PROCEDURE, 0));
    }

    private void returnHandleAfter(Prepared kept, List<RpcRequest.Parameter> values, Answer answer)
            throws IOException, SqlErrorException, BatchAbortedException {
        execute(kept, values, answer);
        returnHandle(remember(kept), answer);
    }

    private void run(Prepared statement, List<RpcRequest.Parameter> values, Answer answer)
            throws IOException, SqlErrorException, BatchAbortedException {
        execute(statement, values, answer);
        finished(answer);
    }

    private static void finished(Answer answer) throws IOException {
        answer.send(new ReturnStatus(0));
        answer.send(Done.of(Done.Kind.PROCEDURE, 0));
    }

    private void execute(Prepared statement, List<RpcRequest.Parameter> values, Answer answer)
            throws IOException, SqlErrorException, BatchAbortedException {
        session.recording().statement(statement.text());
        session.checkpoints().before(new Event.Executing(statement.text()));
        Scope scope = new Scope(session::global);
        for (int i = 0; i < values.size(); i++) {
            RpcRequest.Parameter value = values.get(i);
            String name = !value.name().isEmpty()
                    ? value.name()
                    : i < statement.names().size() ? statement.names().get(i) : "@P" + i;
            scope.declare(name, value.type(), value.value());
        }
        runInside(session.runner(answer, scope, Done.Kind.IN_PROCEDURE), statement.statements());
        session.checkpoints().after(new Event.Executing(statement.text()));
    }

    private void runInside(StatementRunner runner, List<Statement> statements)
            throws IOException, SqlErrorException, BatchAbortedException {
        SessionOptions.Saved outside = session.options().save();
        try {
            runner.run(statements);
        } finally {
            session.options().restore(outside);
        }
    }

    /** A call inside a batch: EXEC, or a procedure's name as its first word. */
    void execute(Statement.Execute call, Answer answer, Scope scope)
            throws IOException, SqlErrorException, BatchAbortedException {
        switch (call.procedure()) {
            case "sp_executesql" -> {
                StringBuilder text = new StringBuilder();
                for (Lexeme lexeme : call.arguments().isEmpty() ? List.<Lexeme>of() : call.arguments().getFirst()) {
                    text.append(literal(lexeme, scope));
                }
                runInside(session.runner(answer, scope, Done.Kind.DONE), BatchParser.parse(text.toString()));
            }
            case "sp_rename" -> runInside(session.runner(answer, scope, Done.Kind.DONE),
                    BatchParser.parse("ALTER TABLE " + literal(call.arguments().getFirst().getFirst(), scope)
                            + " RENAME TO " + literal(call.arguments().get(1).getFirst(), scope)));
            case "sp_getapplock" -> lock(argument(call, "@Resource", scope), argument(call, "@LockTimeout", scope));
            case "sp_releaseapplock" -> locks.release(argument(call, "@Resource", scope), this);
            default -> throw unknown(call.procedure());
        }
    }

    private static String literal(Lexeme lexeme, Scope scope) throws SqlErrorException {
        return switch (lexeme.kind()) {
            case STRING, NUMBER -> lexeme.text();
            case VARIABLE -> String.valueOf(scope.value(lexeme.text()));
            default -> "";
        };
    }

    private void lock(String resource, String timeout) throws SqlErrorException {
        try {
            Duration wait = timeout.isEmpty() || timeout.equals("-1")
                    ? Duration.ofDays(1)
                    : Duration.ofMillis(Long.parseLong(timeout));
            if (!locks.acquire(resource, this, wait)) {
                throw new SqlErrorException(new SqlError(1222, 51, 16, "Lock request time out period exceeded."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String argument(Statement.Execute call, String name, Scope scope) throws SqlErrorException {
        for (List<Lexeme> argument : new ArrayList<>(call.arguments())) {
            if (argument.size() >= 3 && argument.getFirst().text().equalsIgnoreCase(name)) {
                return argument.get(2).is("-") ? "-1" : literal(argument.get(2), scope);
            }
        }
        return "";
    }
}
