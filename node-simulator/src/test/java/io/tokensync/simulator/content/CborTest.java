package io.tokensync.simulator.content;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Expected bytes are those of RFC 8949, appendix A. */
class CborTest {
    @ParameterizedTest
    @CsvSource({"0, 00", "23, 17", "24, 1818", "100, 1864", "255, 18ff", "256, 190100", "1000, 1903e8",
            "65535, 19ffff", "1000000, 1a000f4240"})
    void integersTakeAsFewBytesAsTheyCan(int number, String hex) {
        assertThat(hex(number)).isEqualTo(hex);
    }

    @Test
    void doublesTakeEightBytes() {
        assertThat(hex(1.1)).isEqualTo("fb3ff199999999999a");
    }

    @Test
    void textAndBytesHaveTheirLengthInFront() {
        assertThat(hex("IETF")).isEqualTo("6449455446");
        assertThat(hex("ü")).isEqualTo("62c3bc");
        assertThat(hex(new byte[]{1, 2, 3, 4})).isEqualTo("4401020304");
        assertThat(hex("x".repeat(300))).startsWith("79012c78");
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", Map.of());
        assertThat(HexFormat.of().formatHex(Cbor.write(map))).isEqualTo("a2616201" + "6161a0");
    }

    @Test
    void anythingElseIsRejected() {
        assertThatThrownBy(() -> Cbor.write(Map.of("a", 1L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cbor.write(Map.of("a", -1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** The value alone, without the map of one entry around it. */
    private static String hex(Object value) {
        return HexFormat.of().formatHex(Cbor.write(Map.of("k", value))).substring("a1616b".length());
    }
}
