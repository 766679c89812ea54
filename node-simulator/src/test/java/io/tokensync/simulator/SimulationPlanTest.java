package io.tokensync.simulator;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulationPlanTest {
    private static final Path OUT = Path.of("out");

    @Test
    void aPlanThatCannotBeIsRejectedWithWhatIsPossible() {
        assertRejected("nodes is 0; possible are 1 to 10000", 0, 1, 3, 0);
        assertRejected("tokens is -1; possible are 0 to 40000000", 3, -1, 3, 0);
        assertRejected("machines is 251; possible are 1 to 250", 1_000, 1, 251, 0);
        assertRejected("machines is 3; possible are 1 to 2", 2, 1, 3, 0);
        assertRejected("missing content is 1.5; it is a share from 0 to 1", 3, 1, 3, 1.5);
        assertRejected("missing content is NaN; it is a share from 0 to 1", 3, 1, 3, Double.NaN);
    }

    @Test
    void fewNodesHaveAMachineOfTheirOwnEach() {
        assertThat(SimulationPlan.of(OUT, 2, 100, 1).machines()).isEqualTo(2);
        assertThat(SimulationPlan.of(OUT, 12, 100, 1).machines()).isEqualTo(SimulationPlan.DEFAULT_MACHINES);
    }

    private static void assertRejected(String message, int nodes, long tokens, int machines, double missing) {
        assertThatThrownBy(() -> new SimulationPlan(OUT, nodes, tokens, 1, machines, missing, true))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
