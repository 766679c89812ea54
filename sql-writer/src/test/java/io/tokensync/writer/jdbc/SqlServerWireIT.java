package io.tokensync.writer.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;

/** The contract through Microsoft's driver: its login, its bulk copy, our T-SQL. */
class SqlServerWireIT extends BatchWriterContract {
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
