package io.tokensync.ipfs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.TokenLevels;

import static org.assertj.core.api.Assertions.assertThat;

class WholeTokenTest {
    @ParameterizedTest
    @CsvSource({"1, 0, QmUeBM2pNTbyYZ4LrsCNHb3hUTpBwYgW7XHrmJucy9cKvy",
            "1, 4999999, QmejHUwsQBYAz1M3aqEQ6oz12Z3pKeuw82b1As7EgAHkiY",
            "2, 0, Qmeus8SJcAbXiDjaoUXoRNde5wxj4xZJ94zHgq1k3afBcf",
            "4, 1000000, QmT1apmFC1qaDqCZWTVjRXZBhah4NXkKqW1NNyiPhMEUDY",
            "1, 2306987, QmPd2Zm46ws1TZgpRu25YwPvLJkFAWP9k5QCCrqjNzKEiQ",
            "78, 17601, QmRbHrbjipGi1D1baHwHr3HQv1PbTgQtc9GNZSNhmhJe9Q"})
    void blocksHaveTheIdsOfTheMainNet(int level, int number, String id) {
        WholeToken token = new WholeToken(level, number);
        assertThat(Cid.parse(id).orElseThrow().hashes(token.block())).isTrue();
        assertThat(WholeToken.at(TokenLevels.firstOrdinal(level) + number)).isEqualTo(token);
    }

    @Test
    void theLastOrdinalIsTheLastTokenOfTheLastLevel() {
        assertThat(TokenLevels.TOKENS).isEqualTo(52_038_543 + 56 + 79);
        assertThat(WholeToken.at(TokenLevels.TOKENS - 1)).isEqualTo(new WholeToken(78, 17_602));
        assertThat(WholeToken.at(57 + 5_000_001)).isEqualTo(new WholeToken(2, 0));
    }

    @Test
    void anotherLevelCanBePutIntoABlock() {
        byte[] block = new WholeToken(3, 77).block();
        WholeToken.putLevel(block, 78);
        assertThat(block).isEqualTo(new WholeToken(78, 77).block());
    }

    @ParameterizedTest
    @CsvSource({"1_2306987, QmPd2Zm46ws1TZgpRu25YwPvLJkFAWP9k5QCCrqjNzKEiQ",
            "78_17601, QmRbHrbjipGi1D1baHwHr3HQv1PbTgQtc9GNZSNhmhJe9Q"})
    void anIdOfV1SaysWhichItIs(String id, String cid) {
        assertThat(WholeToken.ofId(id).orElseThrow().cid()).hasToString(cid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "1_", "_1", "01_1", "1_01", "79_1", "50001_7", "1_-1", "-1_1", "1_1_1",
            "1_99999999999", "1_１",
            "QmPd2Zm46ws1TZgpRu25YwPvLJkFAWP9k5QCCrqjNzKEiQ"})
    void anythingElseSaysNothing(String id) {
        assertThat(WholeToken.ofId(id)).isEmpty();
    }

    /** Their levels begin at 10,000 or 50,000, and nobody has said what their content is. */
    @ParameterizedTest
    @ValueSource(strings = {"50001_5", "50001_1000949", "50000_0", "50078_17602", "10000_5", "10001_5"})
    void anIdOfAnotherNetworkIsNoneOfTheMainNet(String id) {
        assertThat(WholeToken.ofId(id)).isEmpty();
    }

    @Test
    void levelZeroAndNumberZeroAreWrittenAsOneDigit() {
        assertThat(WholeToken.ofId("0_0")).hasValue(new WholeToken(0, 0));
        assertThat(WholeToken.ofId("1_5000001")).hasValue(new WholeToken(1, 5_000_001));
    }
}
