package io.tokensync.writer.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;

/** The function of SQL Server, through Microsoft's driver. */
class SqlServerAsOfWireIT extends AsOfContract {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }

    @Override
    int runs() {
        return 10;
    }
}
