package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.tokensync.common.model.VersionBounds;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;

/**
 * Sets versions back that no later state of their row would win over. Of a row, of a deletion and of an attempt to find
 * content only the version changes, to the present time: what is newer wins again, what was known is kept. Content that was
 * read in a way that no release has is forgotten, because no enricher of ours can have verified it.
 */
public final class VersionReset {
    private static final String AHEAD = """
            FROM dbo.TokenRecords WHERE record_version > ? OR deleted_version > ?
            OR content_version > CASE WHEN ipfs_fetched = 1 THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END""";
    private static final String RECORD = "UPDATE dbo.TokenRecords SET record_version = ? WHERE record_version > ?";
    private static final String DELETION = "UPDATE dbo.TokenRecords SET deleted_version = ? WHERE deleted_version > ?";
    private static final String ATTEMPT = """
            UPDATE dbo.TokenRecords SET content_version = ? WHERE ipfs_fetched = 0 AND content_version > ?""";
    private static final String READING = """
            UPDATE dbo.TokenRecords SET ipfs_fetched = 0, ipfs_data = NULL, ipfs_error = NULL, ipfs_source = NULL,
            ipfs_info = NULL, content_version = 0, content_hash = 0 WHERE ipfs_fetched = 1 AND content_version > ?""";

    private final Database database;

    public VersionReset(Database database) {
        this.database = database;
    }

    /** How many rows have such versions. */
    public long count(Instant now) throws SqlFailure {
        VersionBounds bounds = VersionBounds.believedAt(now);
        try (Connection connection = database.connect();
                PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) " + AHEAD)) {
            bind(count, bounds.record(), bounds.record(), bounds.reading(), bounds.attempt());
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /**
     * Sets them back, in one transaction.
     *
     * @throws SqlFailure when the database fails, or this login may not
     */
    public void run(Instant now) throws SqlFailure {
        VersionBounds present = VersionBounds.at(now);
        VersionBounds bounds = VersionBounds.believedAt(now);
        try (Connection connection = database.connect()) {
            // The reading first: what it leaves behind is no attempt.
            update(connection, READING, bounds.reading());
            update(connection, ATTEMPT, present.attempt(), bounds.attempt());
            update(connection, RECORD, present.record(), bounds.record());
            update(connection, DELETION, present.record(), bounds.record());
            connection.commit();
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private static void update(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, values);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, long... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setLong(i + 1, values[i]);
        }
    }
}
