package io.tokensync.enricher.rubix;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.ipfs.WholeToken;

import static org.assertj.core.api.Assertions.assertThat;

class TokenNumbersTest {
    @ParameterizedTest
    @CsvSource({"0", "1", "9", "10", "99", "100", "4711", "999999", "1000000", "4999999", "5000000"})
    void theNumberOfAHashIsFound(int number) {
        assertThat(TokenNumbers.find(WholeToken.hash(number))).hasValue(number);
    }

    @Test
    void aHashOfNoNumberIsNotFound() {
        assertThat(TokenNumbers.find(WholeToken.hash(5_000_001))).isEmpty();
        assertThat(TokenNumbers.find(HexFormat.of().parseHex("00".repeat(32)))).isEmpty();
        assertThat(TokenNumbers.find(HexFormat.of().parseHex("ff".repeat(32)))).isEmpty();
    }
}
