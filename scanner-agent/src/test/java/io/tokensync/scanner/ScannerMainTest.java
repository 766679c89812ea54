package io.tokensync.scanner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ScannerMainTest {
    @TempDir
    Path directory;
    private final StringWriter out = new StringWriter();

    @Test
    void aGoodConfigurationIsShown() throws IOException {
        assertThat(run("scanner:\n  roots: [/nodes]\n  interval: 5s\n", "--check-config")).isZero();
        assertThat(out.toString()).contains("scanner.roots").contains("/nodes").contains("scanner.interval");
    }

    @Test
    void aWrongKeyIsNamedWithTheNearestAndNothingStarts() throws IOException {
        assertThat(run("scanner:\n  root: [/nodes]\n  intervall: 5s\n")).isEqualTo(2);
        assertThat(out.toString()).contains("scanner.intervall").contains("scanner.interval").contains("scanner.roots");
    }

    @Test
    void aWrongOptionIsTwo() throws IOException {
        assertThat(run("scanner:\n  roots: [/nodes]\n", "--twice")).isEqualTo(2);
    }

    private int run(String yaml, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("scanner.yaml"), yaml);
        CommandLine command = new CommandLine(new ScannerMain(Map.of()));
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        String[] arguments = new String[options.length + 2];
        arguments[0] = "--config";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return command.execute(arguments);
    }
}
