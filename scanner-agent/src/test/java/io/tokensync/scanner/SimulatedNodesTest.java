package io.tokensync.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.ipfs.Cid;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.fixture.ComparedRow;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.publish.RejectedRow;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedNodesTest {
    @TempDir
    Path directory;

    @Test
    void whatIsPublishedIsTheTruthAndNothingElse() throws Exception {
        Path nodes = directory.resolve("nodes");
        Truth truth = Simulation.write(SimulationPlan.of(nodes, 9, 1_200, 7));
        List<String> rows = new ArrayList<>();
        List<String> rejections = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Truth.Machine machine : truth.machines()) {
            try (TestAgent agent = agent(nodes.resolve(machine.root()), machine)) {
                ScanReport report = agent.cycle();
                agent.topic.table().forEach((key, row) -> rows.add(machine.name() + " " + ComparedRow.of(key, row)));
                agent.topic.rejected().forEach(row -> rejections.add(machine.name() + " " + line(row)));
                report.problems().stream().filter(problem -> !problem.kind().harmless()).map(Problem::path)
                        .forEach(path -> unreadable.add(nodes.relativize(path).toString()));
                assertBlocksAreAttached(agent);
                RowCounts counts = report.rows();
                assertThat(counts.read())
                        .isEqualTo(counts.published() + counts.rejectedNow());
                assertThat(agent.cycle().databases().read()).isZero();
            }
        }
        assertSame(rows, expected(truth));
        assertSame(rejections, truth.rejected().stream().map(rejection -> rejection.machine() + " " + String.join(" ",
                rejection.nodeName(), rejection.table(), "" + rejection.rowid(), rejection.reason())).toList());
        assertSame(unreadable, truth.unreadable().stream().map(file -> file.path()).toList());
    }

    /** Shows what differs and nothing else. */
    private static void assertSame(List<String> found, List<String> expected) {
        Set<String> missing = new TreeSet<>(expected);
        Set<String> surplus = new TreeSet<>(found);
        surplus.removeAll(missing);
        found.forEach(missing::remove);
        assertThat(surplus).as("surplus; missing are " + missing).isEmpty();
        assertThat(missing).isEmpty();
        assertThat(found).hasSameSizeAs(expected);
    }

    private TestAgent agent(Path root, Truth.Machine machine) {
        TestAgent agent = new TestAgent(root, directory.resolve("state-" + machine.name()));
        agent.restart(config -> {
            config.identity = ScannerConfig.Identity.of(machine.sourceIp());
            config.reading = ReadingConfig.DEFAULT;
        });
        return agent;
    }

    private static void assertBlocksAreAttached(TestAgent agent) {
        List<TokenRecord> withCid = agent.topic.records().stream()
                .filter(record -> Cid.parse(record.key().tokenId()).isPresent()).toList();
        List<TokenRecord> withBlock = withCid.stream().filter(record -> record.ipfsBlock() != null).toList();
        assertThat(withBlock).hasSizeGreaterThan(withCid.size() * 9 / 10);
        assertThat(withBlock.stream()
                .filter(r -> Cid.parse(r.key().tokenId()).orElseThrow().hashes(r.ipfsBlock().bytes())))
                .hasSizeGreaterThan(withBlock.size() * 9 / 10);
    }

    private static List<String> expected(Truth truth) throws IOException {
        try (Stream<TruthRow> rows = truth.rows()) {
            return rows.map(row -> row.machine() + " " + ComparedRow.of(row)).toList();
        }
    }

    private static String line(RejectedRow row) {
        return String.join(" ", row.nodeName(), row.table(), "" + row.rowid(), row.reason().code());
    }
}
