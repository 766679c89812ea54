package io.tokensync.writer.schema;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.WireServer;

/** Through Microsoft's driver. */
class VersionResetWireIT extends VersionResetContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
