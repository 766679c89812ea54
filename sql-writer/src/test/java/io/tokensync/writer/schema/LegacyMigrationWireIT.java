package io.tokensync.writer.schema;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.WireServer;

/** Taking over through Microsoft's driver. */
class LegacyMigrationWireIT extends LegacyMigrationContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
