package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CodebookBuildTest {
    private static final Levels LEVELS = new Levels(78, 78);

    @TempDir
    private Path directory;

    @Test
    void aStoppedBuildLeavesNothingBehindAndTheOldFileAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("book"), "the old one");
        AtomicInteger steps = new AtomicInteger();
        CodebookBuild build = new CodebookBuild(LEVELS, file, _ -> {
            if (steps.incrementAndGet() == 5) {
                throw new InterruptedException("stop");
            }
        });
        assertThatThrownBy(() -> build.run(2)).isInstanceOf(InterruptedException.class);
        assertThat(files()).containsExactly(file);
        assertThat(file).hasContent("the old one");
    }

    @Test
    void whatAKilledBuildLeftBehindIsRemoved() throws IOException, InterruptedException {
        Path scratch = Files.createDirectory(directory.resolve(".book.building"));
        Files.writeString(scratch.resolve("keys-0"), "half a file");
        Files.writeString(scratch.resolve("keys-99"), "of another release");
        build();
        assertThat(files()).containsExactly(directory.resolve("book"));
        assertThat(Codebook.open(directory.resolve("book")).levels()).isEqualTo(LEVELS);
    }

    @Test
    void oneFileIsBuiltOnceAtATime() throws IOException, InterruptedException {
        try (Scratch _ = Scratch.open(directory.resolve("book"), 11)) {
            assertThatThrownBy(this::build).isInstanceOf(IOException.class).hasMessageContaining("under way");
        }
        build();
    }

    @Test
    void anOpenCodebookOutlivesTheNextOneOfItsName() throws IOException, InterruptedException {
        build();
        Codebook open = Codebook.open(directory.resolve("book"));
        new CodebookBuild(new Levels(77, 77), directory.resolve("book"), _ -> {}).run(1);
        assertThat(open.levels()).isEqualTo(LEVELS);
        assertThat(Codebook.open(directory.resolve("book")).levels()).isEqualTo(new Levels(77, 77));
    }

    @Test
    void theCommandBuildsAndShows() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new CodebookCommand()).setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        String file = directory.resolve("new/book").toString();
        assertThat(command.execute("build", "--levels", "78", "--out", file)).isZero();
        assertThat(command.execute("info", file)).isZero();
        assertThat(out.toString()).contains("100 %", "17,603 tokens of level 78");
        out.getBuffer().setLength(0);
        assertThat(command.execute("verify", "--json", file)).isZero();
        assertThat(out.toString()).startsWith("{").containsIgnoringWhitespaces("\"tokens\":17603")
                .endsWith("}\n");
        assertThat(command.execute("verify", file + "x")).isEqualTo(1);
        assertThat(err.toString()).contains("does not exist");
        assertThat(command.execute("build", "--levels", "78-1", "--out", file)).isEqualTo(2);
    }

    private void build() throws IOException, InterruptedException {
        new CodebookBuild(LEVELS, directory.resolve("book"), _ -> {}).run(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
