package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Watchdog;

import static org.assertj.core.api.Assertions.assertThat;

/** What a full node of v1 knows is asked for, named, aliased and left out as its database was before v1. */
class FullNodesTest {
    private static final List<String> BOTH = List.of("rubix.db", "fullnode-rubix.db");

    @TempDir
    Path root;

    @BeforeEach
    void node() throws IOException {
        Files.createDirectories(root.resolve("n/.ipfs"));
        network("mainnet");
    }

    @Test
    void itIsFoundBesideTheNodeWhenItsNetworksNameIsConfigured() throws IOException {
        assertThat(find(List.of("rubix.db")).databases()).extracting(NodeDatabase::nodeName).containsExactly("n");
        assertThat(find(BOTH).databases()).containsExactly(
                new NodeDatabase(root.resolve("n/config.toml"), "n", NodeGeneration.V1),
                new NodeDatabase(root.resolve("n/config.toml#fullnode"), "n:fullnode-rubix", NodeGeneration.V1));
        network("testnet");
        assertThat(find(BOTH).databases()).extracting(NodeDatabase::nodeName).containsExactly("n:rubixtest");
        assertThat(find(List.of("fullnode-rubixtest.db")).databases()).extracting(NodeDatabase::nodeName)
                .containsExactly("n:rubixtest", "n:fullnode-rubixtest");
    }

    @Test
    void aFullNodeThatHasMovedKeepsItsNameAndAlias() throws IOException {
        Files.createDirectories(root.resolve("n/Rubix"));
        Files.createFile(root.resolve("n/Rubix/fullnode-rubix.db"));
        Discovery found = find(BOTH);
        assertThat(found.databases()).extracting(NodeDatabase::nodeName).containsExactly("n", "n:fullnode-rubix");
        assertThat(found.problems()).extracting(Problem::kind).containsExactly(ProblemKind.EARLIER_DATABASE);
        assertThat(named(Map.of(root.resolve("n/Rubix/fullnode-rubix.db"), "net", root.resolve("n"), "node")))
                .containsExactly("node", "net");
        assertThat(named(Map.of(root.resolve("n/config.toml#fullnode"), "net"))).containsExactly("n", "net");
    }

    /** Else the tokens of both networks would be rows of one node once its configuration names the other network. */
    @Test
    void theAliasOfADirectoryIsThatOfItsNodeOnTheMainNet() throws IOException {
        assertThat(named(Map.of(root.resolve("n"), "node"))).containsExactly("node", "n:fullnode-rubix");
        assertThat(named(Map.of(root.resolve("n/Rubix/rubix.db"), "node"))).containsExactly("node", "n:fullnode-rubix");
        network("testnet");
        assertThat(named(Map.of(root.resolve("n"), "node"))).containsExactly("n:rubixtest");
        assertThat(named(Map.of(root.resolve("n/Rubix/rubixtest.db"), "test"))).containsExactly("test");
        assertThat(named(Map.of(root.resolve("n/config.toml"), "test"))).containsExactly("test");
    }

    @Test
    void itIsLeftOutByEitherOfItsNamesAndTheNodeIsNot() {
        for (String glob : List.of("**/config.toml#fullnode", "**/fullnode-rubix.db")) {
            assertThat(find(new DiscoveryConfig(List.of(root), List.of(), List.of(glob), 16, BOTH, Map.of()))
                    .databases()).extracting(NodeDatabase::nodeName).containsExactly("n");
        }
        assertThat(find(new DiscoveryConfig(List.of(root), List.of("**/config.toml"), List.of(), 16, BOTH, Map.of()))
                .databases()).extracting(NodeDatabase::nodeName).containsExactly("n");
    }

    @Test
    void aConfigurationThatCannotBeUsedIsAProblemOfBoth() throws IOException {
        Files.writeString(root.resolve("n/config.toml"), "core = [");
        assertThat(find(BOTH).problems()).extracting(problem -> problem.kind() + " " + problem.path().getFileName())
                .containsExactlyInAnyOrder("NODE_CONFIG_UNUSABLE config.toml",
                        "NODE_CONFIG_UNUSABLE config.toml#fullnode");
    }

    private void network(String mode) throws IOException {
        Files.writeString(root.resolve("n/config.toml"), "[core]\nnetwork_mode = \"" + mode + "\"\n");
    }

    private List<String> named(Map<Path, String> aliases) {
        return find(new DiscoveryConfig(List.of(root), List.of(), List.of(), 16, BOTH, aliases)).databases().stream()
                .map(NodeDatabase::nodeName).toList();
    }

    private Discovery find(List<String> databases) {
        return find(new DiscoveryConfig(List.of(root), List.of(), List.of(), 16, databases, Map.of()));
    }

    private static Discovery find(DiscoveryConfig config) {
        try (Watchdog watchdog = new Watchdog("test-files", Duration.ofMinutes(10), Clock.systemUTC())) {
            return new DatabaseFinder(config, true, watchdog).find();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
