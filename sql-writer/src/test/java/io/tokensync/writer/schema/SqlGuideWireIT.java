package io.tokensync.writer.schema;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.WireServer;

/** The queries of docs/sql.md through Microsoft's driver. */
class SqlGuideWireIT extends SqlGuideContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
