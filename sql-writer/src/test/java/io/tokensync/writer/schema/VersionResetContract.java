package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.jdbc.Database;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that a version beyond all clocks has frozen move again, on each database product. */
abstract class VersionResetContract {
    private static final Instant NOW = Records.T0;
    private static final TokenKey KEY = new TokenKey("10.0.0.1", "node1", "frozen");

    private Database database;
    private BatchWriter writer;

    abstract SqlSettings settings();

    @BeforeEach
    void migrate() throws Exception {
        database = Database.open(settings(), 2);
        new Schema(database).migrate();
        writer = database.batchWriter();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFrozenRowTakesTheNextChangeAgain() throws Exception {
        moves(Records.upsert(KEY, Long.MAX_VALUE, Records.row("forged"), Content.absent()),
                Records.upsert(KEY, later(), Records.row("true"), Content.absent()));
    }

    @Test
    void aFrozenDeletionEndsWithTheNextChange() throws Exception {
        write(Records.delete(KEY.tokenId(), Long.MAX_VALUE));
        write(Records.upsert(KEY, later() - 2, Records.row("true"), Content.absent()));
        assertThat(isDeleted()).isTrue();
        new VersionReset(database).run(NOW);
        assertThat(isDeleted()).isTrue();
        write(Records.upsert(KEY, later(), Records.row("true"), Content.absent()));
        assertThat(isDeleted()).isFalse();
    }

    private boolean isDeleted() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT deleted_at FROM dbo.TokenRecords")) {
            assertThat(rows.next()).isTrue();
            return rows.getTimestamp(1) != null;
        }
    }

    @Test
    void contentOfNoReleaseIsForgotten() throws Exception {
        moves(Records.upsert(KEY, 1, Records.row("d"), new Content.Fetched(Long.MAX_VALUE, "forged", "kubo", null)),
                Records.upsert(KEY, 1, Records.row("d"), Records.fetched("true")));
    }

    @Test
    void aFrozenAttemptTakesTheNextOne() throws Exception {
        moves(Records.upsert(KEY, 1, Records.row("d"), new Content.Failed(Long.MAX_VALUE, "forged: x")),
                Records.upsert(KEY, 1, Records.row("d"), new Content.Failed(later(), "timeout: x")));
    }

    @Test
    void aRowInOrderIsLeftAlone() throws Exception {
        write(Records.upsert(KEY, VersionBounds.believedAt(NOW).record(), Records.row("d"), Records.fetched("true")));
        assertThat(new VersionReset(database).count(NOW)).isZero();
        new VersionReset(database).run(NOW);
        assertThat(write(Records.upsert(KEY, VersionBounds.believedAt(NOW).record(), Records.row("d"),
                Records.fetched("true"))).updated()).isZero();
    }

    /** Not before the reset, and once after it. */
    private void moves(TokenRecord frozen, TokenRecord next) throws Exception {
        write(frozen);
        assertThat(write(next).updated()).isZero();
        assertThat(new VersionReset(database).count(NOW)).isEqualTo(1);
        new VersionReset(database).run(NOW);
        assertThat(new VersionReset(database).count(NOW)).isZero();
        assertThat(write(next).updated()).isEqualTo(1);
    }

    private BatchCounts write(TokenRecord record) throws Exception {
        return writer.write(Records.batch(List.of(record))).byOrigin().values().iterator().next();
    }

    private static long later() {
        return VersionBounds.at(NOW).record() + 1;
    }
}
