package io.tokensync.scanner;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Settings;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.scanner.config.ContentConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatusFilterTest extends MachineTest {

    @BeforeEach
    void start() throws IOException {
        agent.restart(config -> config.statuses = new StatusFilter(Set.of(0L, 1L), Set.of()));
    }

    @Test
    void onlyRowsWithAWantedStatusAreTakenUp() {
        try (TestNode node = TestNode.create(root, "n").token("free", 0).token("gone", 4).token("", 4)) {
            node.execute("UPDATE TokensTable SET token_status = NULL WHERE token_id = ?", TestNode.id(""));
            ScanReport report = agent.cycle();
            assertThat(agent.topic.upserted()).containsExactlyInAnyOrder(TestNode.id("free"), TestNode.id(""));
            assertThat(report.rows().leftOut()).isEqualTo(1);
            assertThat(report.rows().read()).isEqualTo(report.rows().published() + report.rows().leftOut());
            node.status("gone", 1);
            agent.cycle();
            assertThat(agent.topic.table()).hasSize(3);
        }
    }

    @Test
    void aPublishedRowIsFollowedWhateverItsStatusBecomes() {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 1)) {
            agent.cycle();
            node.status("a", 4).delete("b");
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("a")).tokenStatus()).isEqualTo("4");
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("b"));
            node.status("a", 9);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("a")).tokenStatus()).isEqualTo("9");
        }
    }

    @Test
    void contractsHaveCodesOfTheirOwnAndAreAllTakenUp() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE smartcontract (smart_contract_hash text PRIMARY KEY, deployer text,"
                    + " contract_status integer)");
            node.execute("INSERT INTO smartcontract VALUES (?, ?, 7)", TestNode.id("sc"), TestNode.DID);
            assertThat(agent.cycle().rows().published()).isEqualTo(1);
        }
    }

    @Test
    void anUnchangedDatabaseIsReadAgainWhenOtherStatusesAreWanted() {
        TestNode.create(root, "n").token("a", 0).token("b", 4).token("c", 7).close();
        agent.cycle();
        agent.restart(config -> config.statuses = new StatusFilter(Set.of(4L, 0L, 1L), Set.of()));
        assertThat(agent.cycle().rows().published()).isEqualTo(1);
        agent.restart(config -> config.statuses = new StatusFilter(Set.of(1L, 4L, 0L), Set.of()));
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        agent.restart(config -> config.statuses = StatusFilter.ALL);
        assertThat(agent.cycle().rows().published()).isEqualTo(1);
        assertThat(agent.topic.table()).hasSize(3);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
    }

    @Test
    void aPublishedRowThatIsNoLongerWantedIsStillFollowed() {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 1)) {
            agent.cycle();
            agent.topic.clear();
            agent.restart(config -> config.statuses = new StatusFilter(Set.of(0L), Set.of()));
            ScanReport report = agent.cycle();
            assertThat(report.databases().read()).isEqualTo(1);
            assertThat(report.rows().unchanged()).isEqualTo(2);
            assertThat(agent.topic.records()).isEmpty();
            node.status("b", 4);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("b")).tokenStatus()).isEqualTo("4");
            node.delete("b");
            agent.cycle();
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("b"));
        }
    }

    @Test
    void otherStatusesAndLessContentTogetherAreReadAgain() {
        TestNode.create(root, "n").token("a", 0).token("b", 4).close();
        agent.restart(config -> config.content = ContentConfig.DEFAULT.withEssentialOnly());
        agent.cycle();
        agent.restart(config -> config.statuses = new StatusFilter(Set.of(0L, 4L), Set.of()));
        assertThat(agent.cycle().rows().published()).isEqualTo(1);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        agent.restart(config -> config.content = ContentConfig.DEFAULT);
        assertThat(agent.cycle().rows().published()).isEqualTo(2);
        agent.restart(config -> config.content = ContentConfig.DEFAULT.withEssentialOnly());
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
    }

    @Test
    void anUnchangedDatabaseIsReadAgainWhenOtherNamesAreWanted() {
        TestNode.create(root, "n").token("a", 0).token("b", 4).close();
        agent.cycle();
        agent.restart(config -> config.statuses = StatusFilter.of(List.of("free", "transferred")));
        assertThat(agent.cycle().rows().published()).isEqualTo(1);
        agent.restart(config -> config.statuses = StatusFilter.of(List.of("Transferred", "FREE")));
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
    }

    @Test
    void theStatusesAreNamesAndNumbers() {
        assertThat(configured("0, Free,chain_sync-issue")).isEqualTo(new StatusFilter(Set.of(0L),
                Set.of(TokenStatus.FREE, TokenStatus.CHAIN_SYNC_ISSUE)));
        assertThatThrownBy(() -> configured("0,plegded"))
                .hasMessageContaining("scanner.statuses: 'plegded' is no status; did you mean pledged?");
        assertThatThrownBy(() -> configured("1.5"))
                .hasMessageContaining("scanner.statuses: '1.5' is no status; use a node's number, or one of free, ");
    }

    private static StatusFilter configured(String statuses) {
        Settings settings = Settings.of(Map.of("scanner.roots", "/nodes", "scanner.statuses", statuses,
                "scanner.state-dir", "/state", "kafka.bootstrap-servers", "localhost:1"));
        ScannerConfig config = ScannerConfig.from(settings);
        settings.check();
        return config.statuses();
    }
}
