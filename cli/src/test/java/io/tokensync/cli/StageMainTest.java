package io.tokensync.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StageMainTest {
    /** Whatever the whole command line gives to the stage, a stage alone must have too. */
    @ParameterizedTest
    @ValueSource(strings = {"scanner", "enricher", "writer", "monitor"})
    void aStageAloneHasTheCommandLineThatItHasAmongTheOthers(String stage) {
        assertThat(StageMain.commandLine(stage).getSubcommands().get(stage).getUsageMessage())
                .isEqualTo(Main.commandLine().getSubcommands().get(stage).getUsageMessage());
    }

    @Test
    void thereAreNoOthers() {
        assertThatIllegalArgumentException().isThrownBy(() -> StageMain.run("demo"));
    }
}
