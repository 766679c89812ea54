package io.tokensync.testkit.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GoldenTest {
    @TempDir
    private Path directory;

    @Test
    void aDifferenceIsNamedByItsFirstLineWithWhatToDo() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "one\ntwo\nthree\n");
        Golden golden = new Golden(directory, false);
        assertThatCode(() -> golden.check("a.txt", "one\ntwo\nthree")).doesNotThrowAnyException();
        assertThatThrownBy(() -> golden.check("a.txt", "one\n2\nthree")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("a.txt", "line 2", "expected: two", "but was:  2", "-Dgolden.update=true");
        assertThatThrownBy(() -> golden.check("a.txt", "one\ntwo")).hasMessageContaining("but was:  (nothing)");
        assertThatThrownBy(() -> golden.check("none.txt", "one")).hasMessageContaining("expected: (nothing)");
    }

    @Test
    void aFileOfWhatIsNotThereAnyLongerIsNamed() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "one\n");
        Files.writeString(directory.resolve("b.txt"), "two\n");
        assertThatCode(() -> new Golden(directory, false).checkNoOthers("", List.of("a.txt", "b.txt", "c.txt")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Golden(directory, false).checkNoOthers("", List.of("a.txt")))
                .hasMessageContaining("[b.txt]");
    }

    @Test
    void anUpdateWritesAndRemoves() throws Exception {
        Files.createDirectory(directory.resolve("of"));
        Files.writeString(directory.resolve("of/old.txt"), "one\n");
        Golden golden = new Golden(directory, true);
        golden.check("of/new.txt", "two");
        golden.checkNoOthers("of", List.of("new.txt"));
        assertThat(directory.resolve("of/new.txt")).hasContent("two");
        assertThat(directory.resolve("of/old.txt")).doesNotExist();
    }
}
