package io.tokensync.tds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(SqlServerExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SqlServerExtensionTest {
    private SqlServerEndpoint before;

    @BeforeEach
    void remember(SqlServerEndpoint endpoint) {
        before = endpoint;
    }

    @RepeatedTest(4)
    void eachTestHasAnEmptyServerOfItsOwn(SqlServerEndpoint endpoint) throws SQLException {
        assertThat(endpoint).isSameAs(before);
        assertThat(endpoint.record().connectionsOpened()).isZero();
        try (Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(),
                endpoint.password()); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE dbo.Mine (id INT NOT NULL)");
        }
        assertThat(endpoint.record().connectionsOpened()).isEqualTo(1);
    }
}
