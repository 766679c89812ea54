package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.KnownKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** {@code docs/configuration.md} is what the declarations of the keys say. */
class ConfigurationDocumentTest {
    private static final Path FILE = Path.of("..", "docs", "configuration.md");
    private static final String WRITE = "tokensync.docs";
    private static final String HOW = "To write it again: mvn -B -pl cli -am test -Dtest=ConfigurationDocumentTest "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=write";

    @Test
    void itIsUpToDate() throws IOException {
        String wanted = ConfigurationDocument.of(KnownKeys.all(), HOW);
        if ("write".equals(System.getProperty(WRITE))) {
            Files.writeString(FILE, wanted);
        }
        assertThat(Files.readString(FILE)).as("docs/configuration.md is not what is declared. %s", HOW)
                .isEqualToNormalizingNewlines(wanted);
    }

    @Test
    void everySentenceIsOne() {
        assertThat(KnownKeys.all()).allSatisfy(key -> assertThat(key.sentence()).as(key.name()).matches("[A-Z].*\\.")
                .doesNotContain("|"));
    }

    @Test
    void aKeyOfASectionThatIsNotDescribedIsRejected() {
        KeySection other = KeySection.of("other");
        other.add(ConfigKey.flag("key", true, "Of a test."));
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigurationDocument.of(List.copyOf(other.keys()), HOW))
                .withMessageContaining("other");
    }
}
