package io.tokensync.scanner;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** A full node's database lies beside that of the node, and is read when the configuration names it. */
class FullNodeTest extends MachineTest {
    private static final String COLUMNS = " (token_id text PRIMARY KEY, value real, owner_did text, publisher_did text,"
            + " block_hash text, sync_status integer, token_status integer)";

    @Test
    void itIsReadUnderItsOwnTableAndColumnNames() {
        try (TestNode node = TestNode.create(root, "n").token("own", 0); TestNode full = fullNode()) {
            insert(full, "FullnodeRBTtable", "rbt", 1.0);
            insert(full, "FullnodeRBTtable", "part", 0.25);
            insert(full, "FullnodeFTtable", "ft", 0.001);
            insert(full, "FullnodeNFTtable", "nft", 0.0);
            insert(full, "FullnodeSCtable", "sc", 0.0);
            assertThat(agent.cycle().rows().published()).isEqualTo(1);
            agent.restart(config -> config.discovery = new DiscoveryConfig(List.of(root), List.of(), List.of(), 16,
                    List.of("rubix.db", "fullnode-rubix.db"), Map.of()));
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(report.rows().published()).isEqualTo(5);
            assertThat(agent.topic.records()).extracting(record -> record.key().nodeName()).containsOnly("n",
                    "n:fullnode-rubix");
            assertThat(agent.topic.row(TestNode.id("part"))).isEqualTo(new TokenRow(TestNode.DID, "4", "0.25", null,
                    TokenKind.PART, null, null, null, null, List.of()));
            assertThat(agent.topic.row(TestNode.id("rbt")).tokenKind()).isEqualTo(TokenKind.WHOLE);
            assertThat(agent.topic.row(TestNode.id("ft")).tokenKind()).isEqualTo(TokenKind.FT);
            assertThat(agent.topic.row(TestNode.id("nft")).tokenKind()).isEqualTo(TokenKind.NFT);
            assertThat(agent.topic.row(TestNode.id("sc")).tokenKind()).isEqualTo(TokenKind.CONTRACT);
            full.execute("UPDATE FullnodeFTtable SET token_status = 0");
            full.execute("DELETE FROM FullnodeRBTtable WHERE token_id = ?", TestNode.id("part"));
            agent.topic.clear();
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id("ft"));
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("part"));
        }
    }

    private TestNode fullNode() {
        TestNode full = TestNode.open(TestNode.fileOf(root, "n").resolveSibling("fullnode-rubix.db"));
        for (String table : List.of("FullnodeRBTtable", "FullnodeFTtable", "FullnodeNFTtable", "FullnodeSCtable")) {
            full.script("CREATE TABLE " + table + COLUMNS);
        }
        return full;
    }

    private static void insert(TestNode full, String table, String content, double value) {
        full.execute("INSERT INTO " + table + " VALUES (?, ?, ?, 'p', 'b', 2, 4)", TestNode.id(content), value,
                TestNode.DID);
    }
}
