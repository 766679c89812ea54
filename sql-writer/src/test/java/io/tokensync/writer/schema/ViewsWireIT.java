package io.tokensync.writer.schema;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.WireServer;

/** The views for SQL Server, made and read through Microsoft's driver. */
class ViewsWireIT extends ViewsContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }
}
