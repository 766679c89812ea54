package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A batch on its way into SQLite, with what is prepared for it. Its methods take rows by their numbers. */
final class SqliteBatch implements AutoCloseable {
    private final Connection connection;
    private final SqliteStatements statements;
    private final List<StagedRow> rows;
    private final Relations relations;
    private final int rowsAtOnce;
    /** Those of the table's rows. */
    private final long[] ids;
    private PreparedStatement looking;
    private PreparedStatement inserting;
    private PreparedStatement updating;
    private PreparedStatement recording;
    private String writtenAt;

    /**
     * @param relations where it is written down what is found
     * @param rowsAtOnce the most that is looked up at once
     */
    SqliteBatch(Connection connection, SqliteStatements statements, List<StagedRow> rows, Relations relations,
            int rowsAtOnce) {
        this.connection = connection;
        this.statements = statements;
        this.rows = rows;
        this.relations = relations;
        this.rowsAtOnce = rowsAtOnce;
        this.ids = new long[rows.size()];
    }

    /** Finds out what rows are to the table's; returns those that it does not have. */
    int[] lookUp(int[] numbers) throws SQLException {
        if (looking == null) {
            looking = connection.prepareStatement(statements.lookUp(rowsAtOnce));
        }
        for (int i = 0; i < rowsAtOnce; i++) {
            setKey(i, i < numbers.length ? rows.get(numbers[i]) : null);
        }
        try (ResultSet found = looking.executeQuery()) {
            while (found.next()) {
                int number = found.getInt(1);
                ids[number] = found.getLong(2);
                relations.set(number, found.getInt(3));
                relations.setRecorded(number, found.getInt(4) == 1);
            }
        }
        return Arrays.stream(numbers).filter(number -> ids[number] == 0).toArray();
    }

    /** In this place of the statement; of none, NULLs, which are no row's key. */
    private void setKey(int place, StagedRow row) throws SQLException {
        int parameter = place * StagingColumn.NARROW.size();
        for (StagingColumn column : StagingColumn.NARROW) {
            parameter++;
            if (row == null) {
                looking.setObject(parameter, null);
            } else {
                RowStatement.set(looking, parameter, column, row);
            }
        }
    }

    /** Of rows that have been looked up, those that the table has older. */
    int[] newer(int[] numbers) {
        return Arrays.stream(numbers).filter(number -> relations.of(number) == Relations.NEWER).toArray();
    }

    /** Inserts rows; returns those that the table has already, untouched. */
    int[] insert(int[] numbers) throws SQLException {
        if (numbers.length == 0) {
            return numbers;
        }
        if (inserting == null) {
            inserting = connection.prepareStatement(statements.insert().sql());
        }
        int[] inserted = run(inserting, statements.insert(), of(numbers));
        return IntStream.range(0, numbers.length).filter(i -> inserted[i] == 0).map(i -> numbers[i]).toArray();
    }

    /** Updates rows that have been looked up; returns how many. */
    int update(int[] numbers) throws SQLException {
        if (numbers.length == 0) {
            return 0;
        }
        if (updating == null) {
            updating = connection.prepareStatement(statements.update().sql());
        }
        return Arrays.stream(run(updating, statements.update(), of(numbers))).sum();
    }

    /** Of these rows, the versions that the history does not have as far as is known. */
    List<StagedRow> unrecorded(int[] numbers) {
        return Arrays.stream(numbers).filter(number -> !relations.isRecorded(number)).mapToObj(rows::get)
                .filter(StagedBatch::isVersion).toList();
    }

    /** Writes versions into the history; returns how many it did not have. */
    int record(List<StagedRow> versions) throws SQLException {
        if (recording == null) {
            recording = connection.prepareStatement(statements.history().sql());
        }
        return Arrays.stream(run(recording, statements.history(), versions)).sum();
    }

    private List<StagedRow> of(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(rows::get).toList();
    }

    private int[] run(PreparedStatement statement, RowStatement of, List<StagedRow> staged) throws SQLException {
        int id = of.parameter("id");
        for (StagedRow row : staged) {
            of.set(statement, row);
            statement.setString(of.parameter("written_at"), writtenAt());
            if (id > 0) {
                statement.setLong(id, ids[row.number()]);
            }
            statement.addBatch();
        }
        return statement.executeBatch();
    }

    private String writtenAt() throws SQLException {
        if (writtenAt == null) {
            try (Statement statement = connection.createStatement();
                    ResultSet now = statement.executeQuery(statements.time())) {
                now.next();
                writtenAt = now.getString(1);
            }
        }
        return writtenAt;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : Arrays.asList(looking, inserting, updating, recording)) {
            if (statement != null) {
                statement.close();
            }
        }
    }
}
