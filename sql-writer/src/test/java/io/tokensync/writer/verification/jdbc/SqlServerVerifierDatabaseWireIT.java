package io.tokensync.writer.verification.jdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.WireServer;

/** The contract through Microsoft's driver. */
class SqlServerVerifierDatabaseWireIT extends VerifierDatabaseContract {
    @RegisterExtension
    private final WireServer server = new WireServer();

    @Override
    SqlSettings settings() {
        return server.settings();
    }

    @Override
    int runs() {
        return 20;
    }
}
