package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class JsonBytesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyCharacterIsWrittenAsALibraryWritesIt() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < Character.MAX_VALUE ? 1 : 97) {
            if (point > Character.MAX_VALUE || !Character.isSurrogate((char) point)) {
                String text = Character.toString(point);
                assertThat(written(text)).as(Integer.toHexString(point)).isEqualTo(JSON.writeValueAsBytes(text));
            }
        }
    }

    @Test
    void everyAsciiCharacterIsSeenWhereverItStands() {
        for (char c = 0; c < 0x80; c++) {
            for (int at = 0; at < 17; at++) {
                String text = "a".repeat(at) + c + "\u007f".repeat(16 - at);
                assertThat(written(text)).as(at + " " + (int) c).isEqualTo(JSON.writeValueAsBytes(text));
            }
        }
    }

    @Test
    void textsOfAnyLengthAreWrittenAsALibraryWritesThem() {
        Property.forAll(500, gen -> {
            int length = gen.oneOf(0, 1, 1023, 1024, 1025, 5_000);
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append(gen.oneOf("a", "plain text of some length", "\"", "\\", "\n", "\u0001", "é", "漢", "😀"));
            }
            assertThat(written(text.toString())).isEqualTo(JSON.writeValueAsBytes(text.toString()));
        });
    }

    @Test
    void halvesOfPairsAreReplacedWhereverTheyStand() {
        String filler = "x".repeat(1023);
        for (String text : new String[]{"\uD83D", "\uDE00", "\uD83D\uD83D", "a\uDE00\uD83Db", filler + "\uD83D"}) {
            assertThat(written(text)).isEqualTo(JSON.writeValueAsBytes(text.replaceAll("\\p{Cs}", "\uFFFD")));
        }
        assertThat(written(filler + "😀")).isEqualTo(JSON.writeValueAsBytes(filler + "😀"));
    }

    @Test
    void fieldsAreDividedByCommas() {
        JsonBytes json = new JsonBytes().raw('{').name(new JsonBytes.Name("a")).number(Long.MIN_VALUE)
                .name(new JsonBytes.Name("b")).binary(new byte[]{1, 2});
        assertThat(json.raw('}').from(0)).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":" + Long.MIN_VALUE
                + ",\"b\":\"" + Base64.getEncoder().encodeToString(new byte[]{1, 2}) + "\"}");
    }

    private static byte[] written(String text) {
        return new JsonBytes().string(text).from(0);
    }
}
