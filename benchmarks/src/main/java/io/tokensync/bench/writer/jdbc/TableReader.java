package io.tokensync.bench.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.sqlite.SQLiteErrorCode;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;

/** Somebody who asks the table without a pause, each time for something of every row, until he is closed. */
public final class TableReader implements AutoCloseable {
    private static final String QUESTION = "SELECT status_name, COUNT(*), MAX(updated_at) FROM dbo.vw_Tokens"
            + " GROUP BY status_name";
    /** One who waits would not notice that he has to. */
    private static final String IMPATIENT = "PRAGMA busy_timeout = 0";

    private final SqlSettings settings;
    private final FutureTask<Reading> reading;
    private volatile boolean stopped;

    /**
     * What he met.
     *
     * @param answers how many questions were answered
     * @param busy how many were not, because somebody else had the table
     */
    public record Reading(long answers, long busy) {
        /** Nothing yet. */
        public static final Reading NONE = new Reading(0, 0);

        /** Both. */
        public Reading and(Reading other) {
            return new Reading(answers + other.answers, busy + other.busy);
        }
    }

    private TableReader(SqlSettings settings) {
        this.settings = settings;
        this.reading = new FutureTask<>((Callable<Reading>) this::read);
    }

    /** Begins to ask. */
    public static TableReader start(SqlSettings settings) {
        TableReader reader = new TableReader(settings);
        Thread.ofPlatform().daemon().name("bench-reader").start(reader.reading);
        return reader;
    }

    private Reading read() throws SQLException {
        Reading reading = Reading.NONE;
        try (Connection connection = SqlConnections.openToRead(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(IMPATIENT);
            do {
                reading = reading.and(ask(statement));
            } while (!stopped);
        }
        return reading;
    }

    private static Reading ask(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery(QUESTION)) {
            while (answer.next()) {
                answer.getString(1);
            }
            return new Reading(1, 0);
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return new Reading(0, 1);
            }
            throw e;
        }
    }

    /** Ends with the answer to the last question. */
    public Reading stop() throws Exception {
        stopped = true;
        return reading.get();
    }

    @Override
    public void close() {
        stopped = true;
    }
}
