package io.tokensync.enricher.codebook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LevelsTest {
    @Test
    void aRunOrOneLevelIsRead() {
        assertThat(Levels.parse("1-78")).isEqualTo(Levels.ALL).hasToString("1-78");
        assertThat(Levels.parse("4")).isEqualTo(new Levels(4, 4)).hasToString("4");
        assertThat(Levels.ALL.tokens()).isEqualTo(51_923_356);
        assertThat(new Levels(78, 78).tokens()).isEqualTo(17_602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "79", "5-4", "1-", "-1", "one", "", "1-2-3", "1 - 2", "999999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Levels.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levels");
    }
}
