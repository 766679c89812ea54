package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;

import io.tokensync.common.config.Secret;
import io.tokensync.testkit.tds.SqlServerEndpoint;
import io.tokensync.writer.schema.Schema;

/** The contract through Microsoft's driver: its login, its bulk copy, our T-SQL. */
class SqlServerWireIT extends BatchWriterContract {
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

    /** By the scripts themselves: Flyway asks for more of SQL Server's catalog than the endpoint has. */
    @Override
    void createTables(Database empty) throws Exception {
        Pattern.compile("(?m)^GO$").splitAsStream(Schema.print(Dialect.SQL_SERVER)).filter(batch -> !batch.isBlank())
                .forEach(batch -> run(empty, batch));
    }

    private static void run(Database database, String batch) {
        try {
            new Table(database.dataSource()).run(batch);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    int runs() {
        return 20;
    }
}
