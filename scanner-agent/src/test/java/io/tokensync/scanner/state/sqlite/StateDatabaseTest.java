package io.tokensync.scanner.state.sqlite;

import java.nio.file.Path;
import java.sql.DriverManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.state.StateUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateDatabaseTest {
    @TempDir
    Path directory;

    @Test
    void workThatEndsInAnErrorOfTheJvmLeavesNothingBehind() throws Exception {
        Path file = directory.resolve("state.db");
        try (StateDatabase sql = new StateDatabase(file, DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.update("CREATE TABLE t (x)");
            assertThatThrownBy(() -> sql.transaction(() -> {
                sql.update("INSERT INTO t VALUES (1)");
                throw new OutOfMemoryError("in the middle");
            })).isInstanceOf(OutOfMemoryError.class);
            sql.transaction(() -> sql.update("INSERT INTO t VALUES (2)"));
            assertThat(sql.query(row -> row.getInt(1), "SELECT x FROM t")).containsExactly(2);
        }
    }

    @Test
    void aFullDiskIsWaitedForAndIsNoDamage() throws Exception {
        Path file = directory.resolve("state.db");
        try (StateDatabase sql = new StateDatabase(file, DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.update("CREATE TABLE t (x)");
            sql.query(row -> row.getInt(1), "PRAGMA max_page_count = 20");
            assertThatThrownBy(() -> sql.transaction(() -> {
                for (int i = 0; i < 100; i++) {
                    sql.update("INSERT INTO t VALUES (zeroblob(4000))");
                }
            })).isInstanceOf(StateUnavailableException.class).hasMessageContaining("no space")
                    .hasMessageContaining(file.toString());
            sql.query(row -> row.getInt(1), "PRAGMA max_page_count = 1000");
            sql.transaction(() -> sql.update("INSERT INTO t VALUES (2)"));
            assertThat(sql.query(row -> row.getInt(1), "SELECT x FROM t")).containsExactly(2);
        }
    }
}
