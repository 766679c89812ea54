package io.tokensync.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;

import static org.assertj.core.api.Assertions.assertThat;

class SimulateMainTest {
    @TempDir
    private Path out;
    private final StringWriter printed = new StringWriter();
    private final StringWriter complaints = new StringWriter();

    @Test
    void theOptionsAreThePlan() throws Exception {
        assertThat(run("--nodes", "2", "--tokens", "50", "--seed", "9", "--machines", "2")).isZero();
        Truth truth = Truth.read(out);
        assertThat(truth.origin().seed()).isEqualTo(9);
        assertThat(truth.nodes()).hasSize(2);
        assertThat(truth.machines()).hasSize(2);
        assertThat(printed.toString()).contains("2 nodes on 2 machines", "truth.json");
    }

    @Test
    void churnRunsUntilItIsStoppedAndLeavesTheTruth() throws Exception {
        assertThat(run("--nodes", "3", "--tokens", "60", "--churn", "10")).isZero();
        assertThat(Truth.read(out).origin().edits()).isEqualTo(5);
        TruthCheck.databasesHoldTheTruth(out);
    }

    @Test
    void churnAloneGoesOnWithTheSimulationThatIsThere() throws Exception {
        run("--nodes", "3", "--tokens", "60", "--seed", "4", "--churn", "10");
        assertThat(run("--churn", "1000")).isZero();
        assertThat(Truth.read(out).origin().edits()).isEqualTo(5 + 50);
        assertThat(Truth.read(out).origin().seed()).isEqualTo(4);
        TruthCheck.databasesHoldTheTruth(out);
    }

    @Test
    void aWrongValueIsAUsageErrorBeforeAnythingIsWritten() {
        assertThat(run("--nodes", "0")).isEqualTo(2);
        assertThat(complaints.toString()).contains("nodes is 0; possible are 1 to 10000");
        assertThat(run("--churn", "0")).isEqualTo(2);
        assertThat(complaints.toString()).contains("churn is 0.0");
        assertThat(run("--tokens", "many")).isEqualTo(2);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void somebodyElsesDirectoryIsAUsageError() throws Exception {
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThat(run()).isEqualTo(2);
        assertThat(complaints.toString()).contains("not those of a simulation");
        assertThat(run("--churn", "1")).isEqualTo(2);
    }

    @Test
    void aSimulationWithoutTruthCannotGoOn() throws Exception {
        run("--nodes", "1", "--tokens", "10");
        Files.delete(out.resolve(Truth.FILE));
        assertThat(run("--churn", "1")).isEqualTo(1);
        assertThat(complaints.toString()).contains(Truth.FILE);
    }

    private int run(String... options) {
        CommandLine command = new CommandLine(new SimulateMain(new FivePauses()));
        command.setOut(new PrintWriter(printed)).setErr(new PrintWriter(complaints));
        String[] args = new String[options.length + 1];
        args[0] = "--out=" + out;
        System.arraycopy(options, 0, args, 1, options.length);
        return command.execute(args);
    }

    private static final class FivePauses implements Sleeper {
        private int left = 5;

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (left-- == 0) {
                throw new InterruptedException();
            }
        }
    }
}
