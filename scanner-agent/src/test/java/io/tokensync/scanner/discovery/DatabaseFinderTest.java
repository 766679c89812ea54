package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

class DatabaseFinderTest {
    @TempDir
    Path root;

    @Test
    void nodesAreFoundAtAnyDepthAndNamedByTheirDirectory() throws IOException {
        database("vm/node001");
        database("data/Rubix/Node/creator");
        database("SafePass/Rubix/Qnode1");
        Files.createFile(root.resolve("vm/node001/Rubix/rubixtest.db"));
        assertThat(find(DiscoveryConfig.of(root)).databases()).extracting(NodeDatabase::nodeName)
                .containsExactlyInAnyOrder("node001", "creator", "Qnode1");
    }

    @Test
    void twoNodesOfOneNameAreBothRejectedUntilOneHasAnAlias() throws IOException {
        Path one = database("a/node001");
        Path two = database("b/node001");
        database("b/node002");
        Discovery rejected = find(DiscoveryConfig.of(root));
        assertThat(rejected.databases()).extracting(NodeDatabase::nodeName).containsExactly("node002");
        assertThat(rejected.problems()).extracting(Problem::kind).containsOnly(ProblemKind.NODE_NAME_DUPLICATE);
        assertThat(rejected.problems().getFirst().describe()).contains(one.toString()).contains(two.toString())
                .contains("node001").contains("scanner.aliases");
        Discovery named = find(with(List.of(), List.of(), 16, Map.of(two, "other")));
        assertThat(named.databases()).extracting(NodeDatabase::nodeName).containsExactlyInAnyOrder("node001", "other",
                "node002");
        assertThat(find(with(List.of(), List.of(), 16, Map.of(root.resolve("a/node001"), "other"))).databases())
                .hasSize(3);
    }

    @Test
    void aRootThatIsAFileOrCannotBeEnteredIsSaidToBeThat() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertThat(find(DiscoveryConfig.of(file)).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.describe()).contains(file.toString(), "is no directory"));
        Path loop = Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        assertThat(find(DiscoveryConfig.of(loop)).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.DIRECTORY_UNREADABLE);
            assertThat(problem.path()).isEqualTo(loop);
        });
    }

    @Test
    void aPathThatIsNoTextHereIsNoNameOfANode() throws IOException {
        database("n\ufffdde");
        Discovery found = find(DiscoveryConfig.of(root));
        assertThat(found.databases()).isEmpty();
        assertThat(found.problems()).singleElement()
                .satisfies(problem -> assertThat(problem.describe()).contains("LC_ALL=C.UTF-8"));
    }

    @Test
    void aDatabaseThatBelongsToNoNodeIsRemarked() throws IOException {
        Files.createDirectories(root.resolve("node001"));
        Files.createFile(root.resolve("node001/rubix.db"));
        Discovery found = find(DiscoveryConfig.of(root));
        assertThat(found.databases()).isEmpty();
        assertThat(found.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.NOT_A_NODE);
            assertThat(problem.kind().harmless()).isTrue();
        });
    }

    @Test
    void linksInACircleAreReportedAndEndTheSearchThere() throws IOException {
        database("node001");
        Files.createSymbolicLink(root.resolve("node001").resolve("again"), root);
        Discovery found = find(DiscoveryConfig.of(root));
        assertThat(found.databases()).hasSize(1);
        assertThat(found.problems()).extracting(Problem::kind).containsExactly(ProblemKind.LINK_LOOP);
    }

    @Test
    void oneFileOverTwoPathsIsOneDatabase() throws IOException {
        Path file = database("vm/node001");
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("vm"));
        assertThat(find(DiscoveryConfig.of(root, root.resolve("vm"))).databases()).extracting(NodeDatabase::file)
                .containsExactly(file);
    }

    @Test
    void globsIncludeAndExclude() throws IOException {
        database("a/node001");
        database("b/node002");
        database("b/old/node003");
        assertThat(find(with(List.of(root + "/b/**"), List.of(root + "/b/old"), 16, Map.of())).databases())
                .extracting(NodeDatabase::nodeName).containsExactly("node002");
    }

    @Test
    void theSearchEndsAtItsDepth() throws IOException {
        database("a/b/c/node001");
        assertThat(find(with(List.of(), List.of(), 5, Map.of())).databases()).isEmpty();
        assertThat(find(with(List.of(), List.of(), 6, Map.of())).databases()).hasSize(1);
    }

    @Test
    void keysAndRepositoriesAreNotEntered() throws IOException {
        database("node001/.ipfs/x");
        database("node001/Rubix/bafybmi" + "a".repeat(52));
        assertThat(find(DiscoveryConfig.of(root)).databases()).isEmpty();
    }

    @Test
    void aMissingRootIsReported() {
        assertThat(find(DiscoveryConfig.of(root.resolve("nowhere"))).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.describe()).contains("nowhere").contains("scanner.roots"));
    }

    @Test
    void aDirectoryThatCannotBeListedIsReported() throws IOException {
        database("node001");
        Path closed = Files.createDirectory(root.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(closed)).as("the superuser may list everything").isFalse();
        Discovery found = find(DiscoveryConfig.of(root));
        assertThat(found.databases()).hasSize(1);
        assertThat(found.problems()).extracting(Problem::kind).containsExactly(ProblemKind.DIRECTORY_UNREADABLE);
    }

    @Test
    void aDirectoryThatWouldNotBeEnteredNeedsNoRight() {
        List<Problem> problems = new ArrayList<>();
        DiscoveryConfig config = with(List.of(), List.of(root + "/backup"), 16, Map.of());
        TreeSearch search = new TreeSearch(root.getFileSystem(), config, new ArrayList<>(),
                new UnreadNodes(config), problems);
        for (String name : List.of("backup", "bafybmi" + "a".repeat(52), ".ipfs", "closed")) {
            search.visitFileFailed(root.resolve(name), new AccessDeniedException(name));
        }
        assertThat(problems).extracting(Problem::path).containsExactly(root.resolve("closed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node001 ", " "})
    void aNodeWhoseNameEndsInABlankNeedsAnAlias(String name) throws IOException {
        Path file = database(name);
        assertThat(find(DiscoveryConfig.of(root)).problems()).extracting(Problem::kind)
                .containsExactly(ProblemKind.NODE_NAME_UNUSABLE);
        assertThat(find(with(List.of(), List.of(), 16, Map.of(file, "node001"))).databases()).hasSize(1);
    }

    @Test
    void aPathThatTheTableCannotHoldIsReported() throws IOException {
        database("x".repeat(200) + "/" + "y".repeat(200) + "/" + "z".repeat(200));
        assertThat(find(DiscoveryConfig.of(root)).problems()).extracting(Problem::kind)
                .containsExactly(ProblemKind.PATH_TOO_LONG);
    }

    @Test
    void otherDatabasesOfANodeHaveNamesOfTheirOwn() throws IOException {
        Path rubix = Files.createDirectories(root.resolve("node001/Rubix"));
        Files.createFile(rubix.resolve("rubix.db"));
        Files.createFile(rubix.resolve("rubixtest.db"));
        DiscoveryConfig both = new DiscoveryConfig(List.of(root), List.of(), List.of(), 16,
                List.of("rubix.db", "rubixtest.db"), Map.of(root.resolve("node001"), "alias"));
        assertThat(find(both).databases()).extracting(NodeDatabase::nodeName).containsExactlyInAnyOrder("alias",
                "node001:rubixtest");
        assertThat(find(DiscoveryConfig.of(root)).databases()).extracting(NodeDatabase::nodeName)
                .containsExactly("node001");
    }

    @Test
    void aGlobThatIsNoneIsRejectedAtTheStart() {
        assertThatThrownBy(() -> with(List.of(), List.of("/a/[b"), 16, Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("scanner.exclude")
                .hasMessageContaining("/a/[b");
    }

    @Test
    void aPlaceThatHangsIsNamedAndEverythingElseIsFound() throws Exception {
        Path good = database("good");
        Path hanging = root.resolve("hanging");
        Path later = database("hanging");
        Path alsoHanging = database("more/hangs");
        CountDownLatch answer = new CountDownLatch(1);
        try (Watchdog watchdog = new Watchdog("test-files", Duration.ofSeconds(1), Clock.systemUTC())) {
            DatabaseFinder finder = new DatabaseFinder(DiscoveryConfig.of(root), false, watchdog, path -> {
                if (path.equals(hanging) || path.equals(alsoHanging)) {
                    awaitUninterruptibly(answer);
                }
            });
            for (int i = 0; i < 3; i++) {
                Discovery found = finder.find();
                assertThat(found.databases()).extracting(NodeDatabase::file).containsExactly(good);
                assertThat(found.problems()).hasSize(2)
                        .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.HANGS));
                assertThat(found.problems()).extracting(Problem::path).containsExactlyInAnyOrder(hanging, alsoHanging);
            }
            answer.countDown();
            await().untilAsserted(() -> assertThat(finder.find().databases()).extracting(NodeDatabase::file)
                    .containsExactlyInAnyOrder(good, later, alsoHanging));
        }
    }

    @Test
    void linksThatNameOneAnotherDoNotMakeASearchWithoutEnd() throws IOException {
        database("good");
        for (int i = 0; i < 12; i++) {
            Files.createDirectories(root.resolve("maze" + i));
        }
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                if (i != j) {
                    Files.createSymbolicLink(root.resolve("maze" + i).resolve("to" + j), root.resolve("maze" + j));
                }
            }
        }
        assertThat(find(DiscoveryConfig.of(root)).databases()).hasSize(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DiscoveryConfig with(List<String> include, List<String> exclude, int depth, Map<Path, String> aliases) {
        return new DiscoveryConfig(List.of(root), include, exclude, depth, List.of(), aliases);
    }

    private static Discovery find(DiscoveryConfig config) {
        try (Watchdog watchdog = new Watchdog("test-files", Duration.ofMinutes(10), Clock.systemUTC())) {
            return new DatabaseFinder(config, false, watchdog).find();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path database(String node) throws IOException {
        Path directory = Files.createDirectories(root.resolve(node).resolve("Rubix"));
        return Files.createFile(directory.resolve("rubix.db"));
    }
}
