package io.tokensync.standalone.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever is below a data directory is its user's alone. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no permissions of POSIX")
class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void whatIsMadeIsPrivateAndWithoutAWord() throws Exception {
        try (DataDirectory data = DataDirectory.open(parent.resolve("a/data"))) {
            assertThat(remarks(data)).isEmpty();
            Files.writeString(data.logs().resolve("by-a-library.log"), "a line");
            Files.createDirectories(data.agent("local").resolve("deep"));
            assertThat(open(data.root())).isEmpty();
        }
    }

    @Test
    void whatSomebodyHasOpenedIsClosedAgainAndSaid() throws Exception {
        Path root = parent.resolve("data");
        DataDirectory.open(root).close();
        Path log = Files.writeString(root.resolve("logs/old.log"), "a line");
        loosen(root, "rwxr-xr-x");
        loosen(root.resolve("agents"), "rwxrwxrwx");
        loosen(log, "rw-r--r--");
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(remarks(data)).singleElement().asString().contains(root.toString(), "was open to other users",
                    "3 files and directories");
            assertThat(open(root)).isEmpty();
        }
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(remarks(data)).isEmpty();
        }
    }

    @Test
    void aLinkIsNotFollowedToWhatIsNotOurs() throws Exception {
        Path elsewhere = Files.writeString(parent.resolve("elsewhere"), "not ours");
        loosen(elsewhere, "rw-r--r--");
        Path root = parent.resolve("data");
        DataDirectory.open(root).close();
        Files.createSymbolicLink(root.resolve("logs/link"), elsewhere);
        DataDirectory.open(root).close();
        assertThat(Files.getPosixFilePermissions(elsewhere)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void whoReadsIsWaitedForAndWhoHasItIsNot() throws Exception {
        Path root = parent.resolve("data");
        DataDirectory.open(root).close();
        FileChannel reader = DataDirectory.tryShare(root).orElseThrow();
        assertThat(DataDirectory.tryShare(root)).as("in this process it counts as taken").isEmpty();
        reader.close();
        try (DataDirectory _ = DataDirectory.open(root)) {
            assertThat(DataDirectory.tryShare(root)).isEmpty();
            assertThatThrownBy(() -> DataDirectory.open(root)).isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("another tokensync process");
        }
    }

    private static List<String> remarks(DataDirectory data) {
        List<String> remarks = new ArrayList<>();
        data.warn(remarks::add);
        return remarks;
    }

    private static void loosen(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** What group or others may do anything with. */
    static List<Path> open(Path root) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).endsWith("------")) {
                    open.add(path);
                }
            }
        }
        return open;
    }
}
