package io.tokensync.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.simulator.sqlite.WriteLock;
import io.tokensync.simulator.truth.Truth;

import static org.assertj.core.api.Assertions.assertThat;

/** Slow, because a node waits five seconds for a lock. */
class ChurnLockIT {
    @TempDir
    private Path out;

    @Test
    void anEditThatMeetsALockIsGivenUpAndTheTruthStaysTrue() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(out, 1, 100, 1));
        List<Edit> edits = new ArrayList<>();
        try (Churn churn = Churn.open(out)) {
            edits.add(churn.step());
            try (WriteLock _ = new WriteLock(out.resolve(truth.nodes().getFirst().dbPath()))) {
                edits.add(churn.step());
            }
            edits.add(churn.step());
        }
        assertThat(edits).element(1).isEqualTo(Edit.SKIPPED);
        assertThat(edits).filteredOn(edit -> edit == Edit.SKIPPED).hasSize(1);
        TruthCheck.databasesHoldTheTruth(out);
    }
}
