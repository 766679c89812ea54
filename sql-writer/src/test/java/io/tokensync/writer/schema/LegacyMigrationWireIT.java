package io.tokensync.writer.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.jdbc.WireServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Taking over through Microsoft's driver. */
class LegacyMigrationWireIT extends LegacyMigrationContract {
    private static final int UNKNOWN = 59_999;

    @RegisterExtension
    final WireServer server = new WireServer();

    @Test
    void theTableThatIsTakenOverDoesNotEscalateLocksEither() throws Exception {
        try (Database database = Database.open(settings(), 1)) {
            new Schema(database).migrate((_, _) -> {});
        }
        assertThat(server.endpoint().record()
                .statements("ALTER TABLE dbo\\.TokenRecords SET \\(LOCK_ESCALATION = DISABLE\\)")).isOne();
    }

    /** Whatever reads all of a table is asked once, not once a page. */
    @Test
    void aPageCostsItsOwnRowsAndNoOthers() throws Exception {
        Recording seen = server.endpoint().record();
        try (Database database = Database.open(settings(), 1)) {
            PythonDatabase.fill(new Table(database.dataSource()), MANY);
            seen.clear();
            new Schema(database).migrate((_, _) -> {});
        }
        assertThat(seen.statements("INSERT INTO dbo\\.TokenRecords_new")).as("pages").isEqualTo(3);
        assertThat(seen.statements("INSERT INTO dbo\\.TokenRecords_new .* c\\.row_id > \\S+ AND c\\.row_id <= .*"
                + "OPTION \\(LOOP JOIN, FORCE ORDER\\)")).as("by key").isEqualTo(3);
        assertThat(seen.statements("COUNT\\(\\*\\) FROM dbo\\.TokenRecords_new")).isOne();
        assertThat(seen.statements("COUNT\\(\\*\\) FROM dbo\\.TokenRecords$")).as("before and behind").isEqualTo(2);
        assertThat(seen.statements("FIRST_VALUE\\(l\\.|SELECT DISTINCT l\\.")).as("sorts of the old table")
                .isEqualTo(2);
        assertThat(seen.statements("token_id >|ORDER BY l\\.token_id")).as("by what has no index").isZero();
    }

    @Test
    void whatTheServerSaysOfRowsStaysThere() throws Exception {
        SqlError error = new SqlError(UNKNOWN, 1, 16, "The value Qm-of-somebody is not liked.");
        try (Database database = Database.open(settings(), 1)) {
            PythonDatabase.insert(new Table(database.dataSource()), "n1", "Qa", "'0'", "NULL", "NULL", 0, "NULL",
                    "2026-02-01");
            server.endpoint().script().on(Occasion.statement("INSERT INTO dbo.TokenRecords_new"),
                    new Effect.Fail(error));
            assertThatThrownBy(() -> new Schema(database).migrate((_, _) -> {})).isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("SQL error " + UNKNOWN).hasMessageNotContaining("Qm-of-somebody");
            server.endpoint().script().on(Occasion.statement("sp_rename"), new Effect.Fail(error));
            assertThatThrownBy(() -> new Schema(database).migrate((_, _) -> {})).isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("the database says: The value Qm-of-somebody");
        }
    }

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
