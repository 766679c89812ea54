package io.tokensync.writer.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;

/** The history through Microsoft's driver. */
class SqlServerHistoryWireIT extends HistoryContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }

    @Override
    int runs() {
        return 20;
    }
}
