package io.tokensync.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

class DemoIT {
    @TempDir
    Path directory;

    @Test
    void theDemoProvesItsTableRight() {
        assertThat(demo()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aSecondDemoReplacesTheFirst() {
        demo();
        assertThat(demo()).isEqualTo(ExitCode.DONE);
    }

    private int demo() {
        return Main.run("demo", "--dir", directory.resolve("demo").toString(), "--tokens", "3000", "--nodes", "6");
    }
}
