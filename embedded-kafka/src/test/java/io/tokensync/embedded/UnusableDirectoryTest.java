package io.tokensync.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnusableDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "not a directory");
        assertRejected(file.resolve("broker"), "cannot be written");
    }

    @Test
    void damagedMetadataIsNamedAndNotOverwritten() throws IOException {
        Path meta = Files.createDirectories(directory.resolve("logs")).resolve("meta.properties");
        Files.writeString(meta, "rubbish");
        assertRejected(directory, "meta.properties");
        assertRejected(directory, "delete the directory");
    }

    @Test
    void dataWithoutMetadataIsNotFormattedOver() throws IOException {
        Files.createDirectories(directory.resolve("logs").resolve("__cluster_metadata-0"));
        assertRejected(directory, "meta.properties");
    }

    @Test
    void optionsThatMakeNoSenseAreRejected() {
        EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(directory);
        assertThatThrownBy(() -> options.withPort(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withRetention(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRejected(Path place, String reason) {
        assertThatThrownBy(() -> EmbeddedKafka.start(place)).isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining(reason);
    }
}
