package io.tokensync.writer.jdbc;

import java.util.Optional;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;

/** The wire endpoint of one test, reached through Microsoft's driver; it ends behind the test's own last step. */
public final class WireServer implements AfterEachCallback {
    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();

    public SqlServerEndpoint endpoint() {
        return endpoint;
    }

    /** An empty database. */
    public SqlSettings settings() {
        return SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
                Optional.of(Secret.of(endpoint.password())));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        endpoint.close();
    }
}
