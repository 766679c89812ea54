package io.tokensync.monitor.table.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.table.TableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A few connections, none of them for long. */
class ReadConnectionsTest {
    private static final String ENDLESS = "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) "
            + "SELECT COUNT(*) AS n FROM x";

    @TempDir
    private Path directory;
    private SampleTable sample;
    private TableDatabase table;

    @BeforeEach
    void open() throws Exception {
        sample = SampleTable.in(directory);
        table = new TableDatabase(sample.settings());
    }

    @AfterEach
    void close() throws Exception {
        table.close();
        sample.close();
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidWithoutItsAddress() {
        try (TableDatabase none = new TableDatabase(
                SqlSettings.of("jdbc:sqlite:" + directory.resolve("secret/no.db")))) {
            assertThatThrownBy(() -> none.owner("did:1"))
                    .isInstanceOf(TableException.class).hasMessageContaining("the database answers with error")
                    .hasMessageContaining("tokensync schema validate").hasMessageNotContaining("secret");
        }
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> connections.ask(reader -> reader.rows(ENDLESS, List.of())))
                    .isInstanceOf(TableException.class).hasMessageContaining("took longer than");
            assertThat(connections.<Integer>ask(reader -> reader.rows("SELECT 1 AS one", List.of()).size()))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoFindsNoConnectionFreeIsToldSo() throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofSeconds(30));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                var _ = threads.submit(() -> connections.ask(reader -> reader.rows(ENDLESS, List.of())));
            }
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThatThrownBy(
                    () -> connections.ask(reader -> reader.rows("SELECT 1 AS one", List.of())))
                    .isInstanceOf(TableException.class).hasMessageContaining("too many questions"));
            connections.close();
        }
    }

    /** A reader that kept a snapshot would keep the write-ahead log from being cut back. */
    @Test
    void betweenQuestionsNothingIsHeld() throws Exception {
        sample.row(Map.of("token_id", "a"));
        assertThat(table.owner("did:1").now().counted()).isEqualTo(1);
        sample.row(Map.of("token_id", "b"));
        assertThat(sample.busyAtCheckpoint()).isZero();
        assertThat(table.owner("did:1").now().counted()).isEqualTo(2);
    }
}
