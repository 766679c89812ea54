package io.tokensync.cli.jdbc;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;

/** The audit of history through Microsoft's driver. */
class HistoryAuditWireIT extends HistoryAuditContract {
    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    @Override
    SqlSettings settings() {
        return SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
                Optional.of(Secret.of(endpoint.password())));
    }
}
