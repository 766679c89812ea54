package io.tokensync.scanner.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.time.Sleeper;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.RowDigest;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.source.DatabaseProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeCopyTest extends MachineTest {
    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("tokensync-verify"));
        }
    }

    @Test
    void aCopyHasTheDigestThatTheAgentOfItsNodeTells() throws Exception {
        try (TestNode node = TestNode.create(root, "wal", Schema.G4, "wal").tokens(0, 70)) {
            node.tokenWithId("no id ", 3).execute("UPDATE TokensTable SET token_status = 1 WHERE rowid = 9");
            node.execute("INSERT INTO TokensTable (token_id, did) VALUES (NULL, 'x')");
            agent.cycle();
            NodeDigest digest = agent.topic.digests().getLast();
            Path copy = Files.copy(node.file(), directory.resolve("copy.db"));
            Files.copy(Path.of(node.file() + "-wal"), directory.resolve("copy.db-wal"));
            FileDigest told = copy(copy).contents().digest();
            assertThat(told.digest()).isEqualTo(digest.digest());
            assertThat(told.describe())
                    .contains("copy.db: 70 rows, 2 that no table can hold, digest " + digest.digest());
            node.status(4, 9);
            assertThat(copy(node.file()).contents().digest().digest()).isNotEqualTo(digest.digest());
            assertThatThrownBy(() -> copy(directory.resolve("none.db")).contents())
                    .isInstanceOf(DatabaseProblemException.class);
        }
    }

    @Test
    void theRowsOfTheChosenBucketsAreThoseThatAreSummedUp() throws Exception {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "delete").tokens(0, 300)) {
            node.tokenWithId("no id ", 3);
            BucketSums sums = copy(node.file()).contents().sums();
            BitSet chosen = new BitSet();
            chosen.set(0, BucketSums.FINEST / 2);
            List<String> ids = new ArrayList<>();
            BucketSums.Builder half = new BucketSums.Builder();
            copy(node.file()).rows(chosen, (id, row) -> {
                ids.add(id);
                half.add(id, RowDigest.of(id, row));
            });
            assertThat(ids).doesNotHaveDuplicates().hasSizeBetween(50, 250)
                    .allMatch(id -> chosen.get(BucketSums.bucket(id, BucketSums.FINEST)));
            assertThat(half.sums().differing(sums).stream()).noneMatch(chosen::get);
        }
    }

    private NodeCopy copy(Path file) {
        return new NodeCopy(file, agent.clock, Sleeper.system());
    }
}
