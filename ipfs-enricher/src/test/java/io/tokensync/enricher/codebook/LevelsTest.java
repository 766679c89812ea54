package io.tokensync.enricher.codebook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LevelsTest {
    @Test
    void aRunOrOneLevelIsRead() {
        assertThat(Levels.parse("0-78")).isEqualTo(Levels.ALL).hasToString("0-78");
        assertThat(Levels.parse("4")).isEqualTo(new Levels(4, 4)).hasToString("4");
        assertThat(Levels.ALL.tokens()).isEqualTo(52_038_543 + 56 + 79);
        assertThat(new Levels(78, 78).tokens()).isEqualTo(17_603);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "79", "5-4", "1-", "-1", "one", "", "1-2-3", "1 - 2", "999999999999"})
    void anythingElseIsRejected(String text) {
        assertThatThrownBy(() -> Levels.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levels");
    }
}
