package io.tokensync.scanner.state.sqlite;

import java.nio.file.Path;
import java.sql.DriverManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
