package io.tokensync.common.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files in {@code sessions/} are session summaries as earlier releases wrote them, and stay on a compacted topic for as
 * long as that release's. They must stay readable for ever, with nothing lost: a file is never changed, new shapes get new files.
 */
class SessionSummaryGoldenFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"session", "session-begun", "database", "latest-database", "agent", "unmatched"})
    void isReadAndWrittenAgainWithNothingLost(String name) throws Exception {
        String written = golden(name);
        assertThat(
                new String(SessionSummarySerde.write(SessionSummarySerde.read(bytes(written))), StandardCharsets.UTF_8))
                .isEqualTo(written);
    }

    @Test
    void fieldsOfALaterReleaseAreIgnored() throws Exception {
        String later = golden("agent").replaceFirst("\\{", "{\"of_a_later_release\":{\"x\":[1]},");
        assertThat(later).isNotEqualTo(golden("agent"));
        assertThat(SessionSummarySerde.read(bytes(later)))
                .isEqualTo(SessionSummarySerde.read(bytes(golden("agent"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        String path = "/sessions/v1/" + name + ".json";
        try (InputStream file = SessionSummaryGoldenFilesTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
