package io.tokensync.scanner;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.config.ContentConfig;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;

import static org.assertj.core.api.Assertions.assertThat;

class EssentialOnlyTest extends MachineTest {
    @Test
    void rowsArePublishedOnceWithoutAndOnceWithTheirContent() {
        TestNode.create(root, "n").tokens(0, 10).close();
        essentialOnly(true);
        agent.cycle();
        assertThat(agent.topic.records()).hasSize(10).allMatch(TokenRecord::essentialOnly);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        agent.topic.clear();
        essentialOnly(false);
        agent.cycle();
        assertThat(agent.topic.records()).hasSize(10).noneMatch(TokenRecord::essentialOnly);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        agent.topic.clear();
        essentialOnly(true);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        essentialOnly(false);
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
    }

    @Test
    void onlyWhatChangedMeanwhileIsPublishedOnceMore() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 10)) {
            agent.cycle();
            essentialOnly(true);
            node.status(3, 4);
            assertThat(agent.cycle().rows().unchanged()).isEqualTo(9);
            node.status(5, 4);
            agent.topic.clear();
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(5));
            agent.topic.clear();
            essentialOnly(false);
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactlyInAnyOrder(TestNode.id(3), TestNode.id(5));
            assertThat(agent.topic.records()).noneMatch(TokenRecord::essentialOnly);
        }
    }

    private void essentialOnly(boolean essentialOnly) {
        agent.restart(config -> config.content = new ContentConfig(essentialOnly, 1_000));
    }
}
