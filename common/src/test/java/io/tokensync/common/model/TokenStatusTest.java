package io.tokensync.common.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenStatusTest {
    @ParameterizedTest
    @CsvSource({"SQLITE, 2, pledged", "V1, 2, generated", "SQLITE, 8, fetched", "V1, 8, burnt", "SQLITE, 9, burnt",
            "V1, 9, burnt for ft", "V1, 7, quorum pledged", "SQLITE, 12, chain sync issue", "V1, 99, seed",
            "SQLITE, 2302, outside limits"})
    void aCodeMeansWhatItsGenerationSays(NodeGeneration generation, String code, String text) {
        assertThat(TokenStatus.of(generation, code).map(TokenStatus::text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "18", "-1", "02", "ACTIVE", ""})
    void whatNodesBeforeV1DoNotHaveIsNoStatus(String code) {
        assertThat(TokenStatus.of(NodeGeneration.SQLITE, code)).isEmpty();
        assertThat(TokenStatus.of(NodeGeneration.SQLITE, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "17", "20", "2302", "77"})
    void whatNodesOfV1DoNotHaveIsNoStatus(String code) {
        assertThat(TokenStatus.of(NodeGeneration.V1, code)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noCodeMeansTwoThings(NodeGeneration generation) {
        assertThat(Arrays.stream(TokenStatus.values()).map(status -> status.code(generation)).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
    }

    @Test
    void theDocumentHasAllOfThem() throws Exception {
        List<String> expected = Arrays.stream(TokenStatus.values())
                .map(status -> "| `" + status.text() + "` | " + status.code(NodeGeneration.SQLITE).orElse("") + " | "
                        + status.code(NodeGeneration.V1).orElse("") + " |")
                .toList();
        assertThat(Files.readAllLines(Path.of("..", "docs", "sql.md"))).containsSubsequence(expected);
    }
}
