package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.ColMetadata;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.Row;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;

/** BulkLoadBCP (MS-TDS 2.2.6.1): the rows of an announced INSERT BULK. All of them are inserted, or none. */
final class BulkInsert {
    private static final int DONE = 0xFD;

    private final String table;
    private final List<String> columns;

    BulkInsert(String table, List<String> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    void run(SqlSession session, MessageInput in, Answer answer) throws IOException, SqlErrorException, SQLException {
        boolean own = !session.transactions().open();
        Connection connection = session.connection();
        if (own) {
            connection.setAutoCommit(false);
        }
        Savepoint start = connection.setSavepoint();
        long count = -1;
        try {
            count = load(session, in);
        } catch (SQLException | SqlErrorException e) {
            in.skipRest();
            throw e;
        } finally {
            end(connection, own, count < 0 ? start : null);
        }
        session.recording().count(Recording.Counted.BULK_LOAD);
        session.options().lastCount(count);
        answer.send(new Done(Done.Kind.DONE, own ? 0 : Done.IN_TRANSACTION, count));
    }

    /** Undoes a load that failed; a transaction of its own is then over either way. */
    private static void end(Connection connection, boolean own, Savepoint undo) throws SQLException {
        if (undo != null) {
            connection.rollback(undo);
        }
        if (own) {
            connection.setAutoCommit(true);
        }
    }

    private long load(SqlSession session, MessageInput in) throws IOException, SQLException, SqlErrorException {
        List<ColMetadata.Column> types = ColMetadata.read(in).columns();
        if (types.size() != columns.size()) {
            throw new MalformedMessageException("a bulk load of " + types.size() + " columns after an announcement of "
                    + columns.size());
        }
        try (PreparedStatement insert = session.connection().prepareStatement(insertSql())) {
            long count = 0;
            for (int token = in.readByte(); token != DONE; token = in.readByte()) {
                bind(insert, row(token, types, in));
                session.checkpoints().before(new Event.Loading(++count));
                session.checkpoints().row();
                session.recording().count(Recording.Counted.BULK_ROW);
                session.locks().run(insert::executeUpdate);
            }
            in.skipRest();
            return count;
        }
    }

    private static Object[] row(int token, List<ColMetadata.Column> types, MessageInput in) throws IOException {
        if (token != Row.ROW && token != Row.NBCROW) {
            throw new MalformedMessageException("token " + token + " inside a bulk load");
        }
        return Row.read(token, types, in);
    }

    private static void bind(PreparedStatement insert, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private String insertSql() {
        String names = columns.stream().map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + names + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }
}
