package io.tokensync.scanner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.FlatfsShard;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** A repository whose shard rule cannot be read stands for one without the right to read it, which no superuser lacks. */
class UnreadableBlocksTest extends MachineTest {
    private Path sharding;
    private Path aside;

    @BeforeEach
    void start() throws IOException {
        Path blocks = Files.createDirectories(root.resolve("n/.ipfs").resolve(Flatfs.BLOCKS));
        sharding = blocks.resolve(Flatfs.SHARDING);
        aside = directory.resolve(Flatfs.SHARDING);
        Files.writeString(aside, "/repo/flatfs/shard/v1/next-to-last/2\n");
        Files.createDirectory(sharding);
    }

    @Test
    void rowsArePublishedOnceWithoutAndOnceWithTheirBlock() throws IOException {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 20);
            store("3");
            ScanReport blocked = agent.cycle();
            assertThat(blocked.problems()).extracting(problem -> problem.kind())
                    .containsExactly(ProblemKind.BLOCKS_UNREADABLE);
            assertThat(agent.topic.upserted()).hasSize(20);
            ScanReport again = agent.cycle();
            assertThat(again.rows().unchanged()).isEqualTo(20);
            node.status(3, 4);
            assertThat(agent.cycle().rows().published()).isEqualTo(1);
            agent.topic.clear();

            Files.delete(sharding);
            Files.copy(aside, sharding);
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.upserted()).hasSize(20).doesNotHaveDuplicates();
            assertThat(agent.topic.records()).filteredOn(record -> record.ipfsBlock() != null)
                    .extracting(record -> record.key().tokenId()).isEqualTo(List.of(TestNode.id(3)));
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).doesNotHaveDuplicates();
            assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
        }
    }

    private void store(String content) throws IOException {
        Path file = Flatfs.blockFile(root.resolve("n/.ipfs"), FlatfsShard.DEFAULT,
                Cid.v0Of(content.getBytes(StandardCharsets.UTF_8)));
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
