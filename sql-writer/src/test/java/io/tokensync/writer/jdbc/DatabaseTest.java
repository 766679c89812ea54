package io.tokensync.writer.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseTest {
    /** A pool that keeps a number of connections makes them again by itself, every few seconds, while all else waits. */
    @Test
    void connectionsAreMadeOnlyForWhoeverAsks() {
        try (Database database = Database.open(SqliteDatabases.fresh(), 8)) {
            HikariDataSource pool = (HikariDataSource) database.dataSource();
            assertThat(pool.getMinimumIdle()).isZero();
            assertThat(pool.getMaximumPoolSize()).isEqualTo(9);
        }
    }
}
