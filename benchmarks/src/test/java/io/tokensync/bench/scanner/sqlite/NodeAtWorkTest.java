package io.tokensync.bench.scanner.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NodeAtWorkTest {
    @TempDir
    private Path directory;

    @Test
    void aNodeWithoutABusyTimeoutCountsWhatItMeetsAndGoesOn() throws Exception {
        BenchNode node = BenchNode.create(directory, "node001", 2);
        try (Connection reader = node.connect();
                Statement statement = reader.createStatement();
                NodeAtWork writing = NodeAtWork.startWithoutBusyTimeout(node)) {
            try (ResultSet held = statement.executeQuery("SELECT * FROM TokensTable")) {
                assertThat(held.next()).isTrue();
                await().until(() -> writing.commits().busy() > 0);
            }
            int before = writing.commits().done();
            await().until(() -> writing.commits().done() > before);
            assertThat(writing.stop().longestNanos()).isPositive();
        }
    }
}
