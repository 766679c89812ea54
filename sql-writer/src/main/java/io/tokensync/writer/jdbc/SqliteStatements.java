package io.tokensync.writer.jdbc;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements of a batch in SQLite, out of those that it shares with SQL Server. */
final class SqliteStatements {
    private static final String UPDATE = "UPDATE SET";
    private static final String INSERT = "WHEN NOT MATCHED THEN INSERT";

    private final String lock;
    private final String time;
    private final String lookUp;
    private final RowStatement insert;
    private final RowStatement update;
    private final RowStatement history;

    /** @param withHistory whether what is looked up is looked up in the history too */
    SqliteStatements(boolean withHistory) {
        SqlText text = new SqlText("sqlite");
        String merge = text.statement("merge.sql").replace(";", "");
        int from = merge.indexOf(UPDATE);
        int to = merge.indexOf(INSERT);
        this.lock = text.part("lock");
        this.time = text.part("time");
        this.lookUp = (withHistory
                ? new SqlText("sqlite", "narrow.sql")
                : new SqlText("sqlite", "narrow.sql", "without_history.sql")).part("look_up");
        this.history = new RowStatement(text.statement("history.sql").replace(";", ""));
        this.update = new RowStatement(
                "UPDATE dbo.TokenRecords AS t SET" + merge.substring(from + UPDATE.length(), to) + "WHERE t.id = s.id");
        this.insert = new RowStatement("INSERT INTO dbo.TokenRecords" + merge.substring(to + INSERT.length())
                + text.part("unless_there"));
    }

    /** Takes the lock for writing. */
    String lock() {
        return lock;
    }

    /** Says what time it is. */
    String time() {
        return time;
    }

    /**
     * Looks so many rows up, each by the columns of {@link StagingColumn#NARROW}: place, id and relation of those that are there, and
     * whether they are recorded.
     */
    String lookUp(int rows) {
        String columns = StagingColumn.NARROW.stream().map(StagingColumn::column).collect(Collectors.joining(", "));
        String row = StagingColumn.NARROW.stream().map(_ -> "?").collect(Collectors.joining(", ", "(", ")"));
        String values = Stream.generate(() -> row).limit(rows).collect(Collectors.joining(", "));
        return "WITH s (" + columns + ") AS (VALUES " + values + ") " + lookUp;
    }

    /** Inserts a row, unless there is one. */
    RowStatement insert() {
        return insert;
    }

    /** Merges a row with the one of its {@code id}. */
    RowStatement update() {
        return update;
    }

    /** Writes a version into the history, unless it is there. */
    RowStatement history() {
        return history;
    }
}
