package io.tokensync.writer.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.WireServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Taking over through Microsoft's driver. */
class LegacyMigrationWireIT extends LegacyMigrationContract {
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

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
