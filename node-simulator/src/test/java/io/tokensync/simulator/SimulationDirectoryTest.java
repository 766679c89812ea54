package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Simulations of other plans, and what is there already where one is written. */
class SimulationDirectoryTest {
    @TempDir
    private Path own;

    @Test
    void aFlawlessSimulationHasNothingWrong() throws Exception {
        Truth flawless = Simulation.write(SimulationPlan.of(own, 3, 500, 1).flawless());
        assertThat(flawless.rejected()).isEmpty();
        assertThat(flawless.unreadable()).isEmpty();
        assertThat(flawless.rowCount()).isEqualTo(500);
        try (Stream<TruthRow> rows = flawless.rows()) {
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.validationCodes()).isEmpty();
                assertThat(row.content().failure()).isNull();
            });
        }
    }

    @Test
    void aSimulationWithoutTokensHasEmptyDatabases() throws Exception {
        Truth empty = Simulation.write(SimulationPlan.of(own, 4, 0, 1));
        assertThat(empty.rowCount()).isZero();
        TruthCheck.databasesHoldTheTruth(own);
    }

    @Test
    void anEarlierSimulationIsReplacedAndNothingElse() throws Exception {
        Simulation.write(SimulationPlan.of(own, 6, 300, 1).withMachines(5));
        Files.writeString(own.resolve("notes.txt"), "mine");
        Truth second = Simulation.write(SimulationPlan.of(own, 2, 100, 1).withMachines(1));
        TruthCheck.databasesHoldTheTruth(own);
        assertThat(second.machines()).hasSize(1);
        assertThat(own.resolve("vm5")).doesNotExist();
        assertThat(own.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void somebodyElsesDirectoryIsLeftAlone() throws Exception {
        Files.writeString(own.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> Simulation.write(SimulationPlan.of(own, 1, 10, 1)))
                .isInstanceOf(UnusableDirectoryException.class).hasMessageContaining(own.toString());
        assertThat(SimulationTest.files(own)).containsOnlyKeys("notes.txt");
        assertThatThrownBy(() -> Simulation.write(SimulationPlan.of(own.resolve("notes.txt"), 1, 10, 1)))
                .isInstanceOf(UnusableDirectoryException.class).hasMessageContaining("is a file");
    }

    @Test
    void aFileThatIsNoTruthIsNamed() throws Exception {
        Path file = Files.writeString(own.resolve("truth.json"), "{\"rows\":[]}");
        assertThatThrownBy(() -> Truth.read(file)).isInstanceOf(IOException.class).hasMessageContaining("no truth");
        Files.writeString(file, "not json");
        assertThatThrownBy(() -> Truth.read(own)).isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
