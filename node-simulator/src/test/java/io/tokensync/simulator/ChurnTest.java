package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChurnTest {
    private static final int STEPS = 250;

    @TempDir
    private Path out;

    @Test
    void theTruthStaysTrueWhateverTheNodesDo() throws Exception {
        Truth before = Simulation.write(SimulationPlan.of(out, 8, 400, 3));
        Set<Edit> seen = new TreeSet<>();
        try (Churn churn = Churn.open(out)) {
            for (int i = 0; i < STEPS; i++) {
                seen.add(churn.step());
            }
            churn.save();
            TruthCheck.databasesHoldTheTruth(out);
        }
        TruthCheck.databasesHoldTheTruth(out);
        Truth after = Truth.read(out);
        assertThat(seen).contains(Edit.MOVED, Edit.TOUCHED, Edit.MINTED, Edit.SPLIT, Edit.DELETED, Edit.UPGRADED,
                Edit.NODE_ADDED);
        assertThat(after.origin().edits()).isEqualTo(STEPS);
        assertThat(after.nodes()).hasSizeGreaterThan(before.nodes().size());
        assertThat(after.rejected()).isEqualTo(before.rejected());
    }

    @Test
    void editsFollowFromTheSeedAndGoOnWhereTheyStopped() throws Exception {
        Path other = out.resolve("b");
        SimulationPlan plan = SimulationPlan.of(out.resolve("a"), 5, 200, 3);
        Simulation.write(plan);
        Simulation.write(SimulationPlan.of(other, 5, 200, 3));
        List<Edit> atOnce = run(plan.out(), 60);
        List<Edit> inTwo = run(other, 25);
        inTwo.addAll(run(other, 35));
        assertThat(inTwo).isEqualTo(atOnce);
        assertThat(Files.readString(other.resolve(Truth.FILE)).lines().skip(1).sorted())
                .isEqualTo(Files.readString(plan.out().resolve(Truth.FILE)).lines().skip(1).sorted().toList());
    }

    @Test
    void everyNewTokenHasItsBlock() throws Exception {
        Simulation.write(SimulationPlan.of(out, 4, 100, 5).flawless());
        run(out, 100);
        Truth truth = Truth.read(out);
        for (Truth.Node node : truth.nodes()) {
            Flatfs blocks = new Flatfs(IpfsRepository.find(out.resolve(node.dbPath())).orElseThrow(), 1 << 20);
            try (Stream<TruthRow> rows = truth.rows()) {
                assertThat(rows.filter(row -> row.nodeName().equals(node.nodeName())))
                        .allSatisfy(row -> assertThat(blocks.read(Cid.parse(row.tokenId()).orElseThrow()))
                                .isInstanceOf(Flatfs.Read.Found.class));
            }
        }
    }

    @Test
    void aDirectoryWithoutATruthIsNamed() {
        assertThatThrownBy(() -> Churn.open(out)).isInstanceOf(IOException.class)
                .hasMessageContaining(out.toString());
    }

    private static List<Edit> run(Path directory, int steps) throws IOException {
        List<Edit> edits = new ArrayList<>();
        try (Churn churn = Churn.open(directory)) {
            for (int i = 0; i < steps; i++) {
                edits.add(churn.step());
            }
        }
        return edits;
    }
}
