package io.tokensync.cli.verify;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;

/** Through Microsoft's driver. */
class VerifyFileWireIT extends VerifyFileContract {
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

    @Override
    List<String> options() {
        return List.of("--sql", endpoint.jdbcUrl(false), "--sql-user", endpoint.user(),
                "--sql-password=" + endpoint.password());
    }
}
