package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.tokensync.tds.faults.Checkpoints;
import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.RpcRequest;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.protocol.TransactionRequest;
import io.tokensync.tds.sql.BatchParser;
import io.tokensync.tds.sql.Statement;
import io.tokensync.tds.sql.TableFunctions;
import io.tokensync.tds.wire.MessageInput;

/** One session: a connection to H2 with its transaction, options, prepared statements and temporary tables. */
public final class SqlSession implements AutoCloseable {
    private final Database database;
    private final Checkpoints checkpoints;
    private final Recording recording;
    private final Cancellation cancellation;
    private Connection connection;
    private Transactions transactions;
    private SessionOptions options;
    private LockWait locks;
    private Catalogue catalogue;
    private Results results;
    private Procedures procedures;
    private BulkInsert announced;

    public SqlSession(Database database, Checkpoints checkpoints, Recording recording, Cancellation cancellation)
            throws IOException {
        this.database = database;
        this.checkpoints = checkpoints;
        this.recording = recording;
        this.cancellation = cancellation;
        open();
    }

    private void open() throws IOException {
        try {
            connection = database.open();
        } catch (SQLException e) {
            throw new IOException("H2 gives no connection", e);
        }
        transactions = new Transactions(connection, checkpoints, recording);
        options = new SessionOptions();
        locks = new LockWait(cancellation);
        catalogue = new Catalogue(connection, database.schemaVersion());
        results = new Results(catalogue, checkpoints, cancellation);
        procedures = new Procedures(this, database.locks());
        announced = null;
    }

    /** Makes the session like new: rolls back, drops temporary tables, forgets options and prepared statements. */
    public void reset() throws IOException {
        recording.count(Recording.Counted.SESSION_RESET);
        close();
        open();
    }

    /** Runs a batch of statements. */
    public void batch(String text, Answer answer) throws IOException {
        recording.statement(text);
        guarded(answer, Done.Kind.DONE, () -> {
            checkpoints.before(new Event.Executing(text));
            runner(answer, new Scope(this::global), Done.Kind.DONE).run(BatchParser.parse(text));
            checkpoints.after(new Event.Executing(text));
        });
    }

    /** Runs one call of a procedure. */
    public void call(RpcRequest request, Answer answer) throws IOException {
        guarded(answer, Done.Kind.PROCEDURE, () -> procedures.call(request, answer));
    }

    /** Takes the rows of the bulk load that the batch before has announced. */
    public void bulkLoad(MessageInput in, Answer answer) throws IOException {
        BulkInsert load = announced;
        announced = null;
        guarded(answer, Done.Kind.DONE, () -> {
            if (load == null) {
                in.skipRest();
                throw new SqlErrorException(new SqlError(4002, 1, 16, "A bulk load that no INSERT BULK announced."));
            }
            load.run(this, in, answer);
        });
    }

    /** Begins or ends a transaction. */
    public void transaction(TransactionRequest request, Answer answer) throws IOException {
        Statement statement = switch (request.kind()) {
            case BEGIN -> new Statement.Begin();
            case COMMIT -> new Statement.Commit();
            case ROLLBACK -> new Statement.Rollback(
                    request.name().isEmpty() ? Optional.empty() : Optional.of(request.name()));
            case SAVE -> new Statement.Save(request.name());
        };
        guarded(answer, Done.Kind.DONE,
                () -> runner(answer, new Scope(this::global), Done.Kind.DONE).run(List.of(statement)));
    }

    /** What may fail in the ways a statement can. */
    @FunctionalInterface
    private interface SqlOperation {
        void run() throws IOException, SqlErrorException, BatchAbortedException, SQLException;
    }

    private void guarded(Answer answer, Done.Kind kind, SqlOperation work) throws IOException {
        try {
            work.run();
        } catch (BatchAbortedException e) {
            if (kind == Done.Kind.PROCEDURE) {
                answer.send(Done.of(kind, Done.ERROR));
            }
        } catch (SqlErrorException e) {
            report(e.error(), answer, kind);
        } catch (SQLException e) {
            report(ErrorNumbers.of(e, ""), answer, kind);
        }
    }

    private void report(SqlError error, Answer answer, Done.Kind kind) throws IOException {
        try {
            Errors errors = new Errors(this, answer);
            if (error.number() == ErrorNumbers.CANCELLED) {
                throw errors.cancelled();
            }
            errors.report(error, kind);
        } catch (BatchAbortedException e) {
            return;
        }
    }

    StatementRunner runner(Answer answer, Scope scope, Done.Kind kind) {
        return new StatementRunner(this, answer, scope, kind);
    }

    String global(String name) {
        return switch (name) {
            case "@@TRANCOUNT" -> Integer.toString(transactions.count());
            case "@@ROWCOUNT" -> Long.toString(options.lastCount());
            case "@@SPID" -> "51";
            case "@@VERSION" -> "'Microsoft SQL Azure (RTM) - 12.0.2000.8'";
            case "@@SERVERNAME" -> "'testkit'";
            case "@@MAX_PRECISION" -> "38";
            case "@@LANGUAGE" -> "'us_english'";
            case "@@LOCK_TIMEOUT" -> "-1";
            case "@@OPTIONS" -> "5496";
            default -> null;
        };
    }

    /** SET TRANSACTION ISOLATION LEVEL. */
    void isolation(String words) throws SQLException {
        connection.setTransactionIsolation(switch (words) {
            case "ISOLATION LEVEL READ UNCOMMITTED" -> Connection.TRANSACTION_READ_UNCOMMITTED;
            case "ISOLATION LEVEL REPEATABLE READ" -> Connection.TRANSACTION_REPEATABLE_READ;
            case "ISOLATION LEVEL SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
            default -> Connection.TRANSACTION_READ_COMMITTED;
        });
    }

    void announce(BulkInsert load) {
        announced = load;
    }

    Connection connection() {
        return connection;
    }

    Transactions transactions() {
        return transactions;
    }

    SessionOptions options() {
        return options;
    }

    LockWait locks() {
        return locks;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    TableFunctions functions() {
        return database.functions();
    }

    Results results() {
        return results;
    }

    Procedures procedures() {
        return procedures;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    Recording recording() {
        return recording;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Rolls back what is open and gives the connection to H2 back. */
    @Override
    public void close() throws IOException {
        database.locks().releaseAll(procedures);
        try {
            transactions.discard();
            connection.close();
        } catch (SQLException e) {
            throw new IOException("H2 rejects to end a session", e);
        }
    }
}
