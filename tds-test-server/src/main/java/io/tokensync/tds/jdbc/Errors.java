package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.MessageToken;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.wire.CutException;

/** What an error does beside being told: to the statement, the batch, the transaction and the connection. */
final class Errors {
    private static final Set<Integer> ABORT_BATCH = Set.of(102, 105, 137, 207, 208, 241, 245, 1205, 2812, 8179);
    private static final int DEADLOCK = 1205;
    private static final int THROWN = 50_000;
    private static final int INFORMATION = 10;

    private final SqlSession session;
    private final Answer answer;

    Errors(SqlSession session, Answer answer) {
        this.session = session;
        this.answer = answer;
    }

    /** Sends the error and, with severity 20 and more, ends the connection. */
    void report(SqlError error, Done.Kind kind) throws IOException, BatchAbortedException {
        session.recording().error(error.number());
        answer.send(MessageToken.error(error));
        boolean ends = endsTransaction(error);
        if (ends) {
            rollback();
        }
        if (error.fatal()) {
            answer.send(Done.of(kind, Done.ERROR));
            answer.end();
            throw new CutException("error " + error.number() + " has severity " + error.severity());
        }
        answer.send(Done.of(kind, session.transactions().open() ? Done.ERROR | Done.IN_TRANSACTION : Done.ERROR));
        if (ends || ABORT_BATCH.contains(error.number()) || error.number() > THROWN) {
            throw new BatchAbortedException();
        }
    }

    boolean endsTransaction(SqlError error) {
        return error.number() == DEADLOCK || (session.options().xactAbort() && error.severity() > INFORMATION);
    }

    /** The client asked for it: no error, but with XACT_ABORT the transaction is lost. */
    BatchAbortedException cancelled() throws IOException {
        session.recording().count(Recording.Counted.CANCELLED);
        if (session.options().xactAbort()) {
            rollback();
        }
        return new BatchAbortedException();
    }

    private void rollback() throws IOException {
        try {
            session.transactions().rollbackAll(answer);
        } catch (SQLException e) {
            throw new IOException("H2 rejects to roll back", e);
        }
    }
}
