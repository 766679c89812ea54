package io.tokensync.cli.token.jdbc;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;

/** Through Microsoft's driver. */
class TokenCommandWireIT extends TokenCommandContract {
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

    @Override
    String table(String name) {
        return "dbo." + name;
    }
}
