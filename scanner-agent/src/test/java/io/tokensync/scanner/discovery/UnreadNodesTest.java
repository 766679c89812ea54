package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A tree that cannot be read does not look like an empty one. */
class UnreadNodesTest {
    private static final String KEYS = "bafybmi" + "a".repeat(52);

    @TempDir
    Path root;

    @Test
    void aNodeOfVersion1IsNamed() throws IOException {
        Path configuration = file("node1/config.toml");
        directory("node1/.ipfs");
        directory("node1/mainnet/dids");
        Path inTheMaking = file("node2/config.toml");
        directory("node2/.ipfs");
        assertThat(find(List.of(), List.of())).extracting(Problem::kind, Problem::path).containsExactly(
                tuple(ProblemKind.NODE_V1, configuration), tuple(ProblemKind.NODE_V1, inTheMaking));
        assertThat(find(List.of(), List.of())).allSatisfy(problem -> {
            assertThat(problem.kind().harmless()).isFalse();
            assertThat(problem.describe()).contains("PostgreSQL", "no login", "scanner.exclude");
        });
    }

    @Test
    void aConfigurationOfSomethingElseIsNone() throws IOException {
        file("rust/config.toml");
        directory("rust/src");
        directory("kubo/.ipfs");
        assertThat(find(List.of(), List.of())).isEmpty();
    }

    @Test
    void aDatabaseThatIsNotConfiguredIsAProblemWhereNothingElseIsRead() throws IOException {
        Path alone = file("alone/Rubix/rubixtest.db");
        file("both/Rubix/rubix.db");
        Path beside = file("both/Rubix/fullnode-rubix.db");
        assertThat(find(List.of(), List.of())).extracting(Problem::kind, Problem::path).containsExactly(
                tuple(ProblemKind.DATABASE_NOT_CONFIGURED, alone), tuple(ProblemKind.OTHER_DATABASE, beside));
        assertThat(find(List.of(), List.of())).first().satisfies(problem -> {
            assertThat(problem.kind().harmless()).isFalse();
            assertThat(problem.describe()).contains("rubixtest.db is not configured", "scanner.databases");
        });
        assertThat(ProblemKind.OTHER_DATABASE.harmless()).isTrue();
        assertThat(find(List.of(), List.of("rubix.db", "rubixtest.db", "fullnode-rubix.db"))).isEmpty();
    }

    @Test
    void theMainNetsDatabaseToo() throws IOException {
        Path file = file("node/Rubix/rubix.db");
        assertThat(find(List.of(), List.of("rubixtest.db"))).extracting(Problem::kind, Problem::path)
                .containsExactly(tuple(ProblemKind.DATABASE_NOT_CONFIGURED, file));
        file("elsewhere/rubixtest.db");
        assertThat(find(List.of(), List.of())).isEmpty();
    }

    @Test
    void aNodeWhoseTokensAreInADatabaseServerIsNamed() throws IOException {
        directory("node/Rubix/" + KEYS);
        directory("nested/Rubix/Qnode1");
        file("usual/Rubix/rubix.db");
        directory("usual/Rubix/MainNet");
        assertThat(find(List.of(), List.of())).extracting(Problem::kind, Problem::path)
                .containsExactly(tuple(ProblemKind.NODE_WITHOUT_DATABASE, root.resolve("node/Rubix")));
    }

    @Test
    void whatIsLeftOutIsNotNamed() throws IOException {
        file("a/config.toml");
        directory("a/.ipfs");
        file("b/Rubix/rubixtest.db");
        directory("c/Rubix/" + KEYS);
        file("d/Rubix/rubix.db");
        directory("d/Rubix/" + KEYS);
        assertThat(find(List.of(root + "/[abc]", root + "/d/Rubix/rubix.db"), List.of())).isEmpty();
        assertThat(find(List.of("**/rubixtest.db"), List.of())).extracting(Problem::kind)
                .containsExactly(ProblemKind.NODE_V1, ProblemKind.NODE_WITHOUT_DATABASE);
        DiscoveryConfig some = new DiscoveryConfig(List.of(root), List.of(root + "/d/**"), List.of(), 16, List.of(),
                Map.of());
        assertThat(find(some)).isEmpty();
    }

    @Test
    void aNodeOverTwoRootsIsNamedOnce() throws IOException {
        file("a/Rubix/rubixtest.db");
        DiscoveryConfig two = DiscoveryConfig.of(root, root.resolve("a"));
        assertThat(find(two)).hasSize(1);
    }

    private List<Problem> find(List<String> exclude, List<String> databases) {
        return find(new DiscoveryConfig(List.of(root), List.of(), exclude, 16, databases, Map.of()));
    }

    private static List<Problem> find(DiscoveryConfig config) {
        try (Watchdog watchdog = new Watchdog("test-files", Duration.ofMinutes(10), Clock.systemUTC())) {
            return new DatabaseFinder(config, false, watchdog).find().problems();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void directory(String path) throws IOException {
        Files.createDirectories(root.resolve(path));
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
