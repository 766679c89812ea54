package io.tokensync.enricher.rubix;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.ipfs.WholeToken;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class InterpretationTest {
    private static final String DID = "bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u";
    private static final List<String> PARTS_OF_FUNGIBLE = List.of(" ", " ", "7", "123456789012345678", "TRI", "\n",
            "\u00e9", DID, DID, " 5 " + DID, "TRI 17 ", DID.substring(1), DID.toUpperCase(Locale.ROOT), "bafybmi");
    private static final String PARENT = "QmUeBM2pNTbyYZ4LrsCNHb3hUTpBwYgW7XHrmJucy9cKvy";

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 4299999", "4, 1000000", "78, 17601"})
    void aWholeTokenHasALevelAndANumber(int level, int number) {
        assertThat(Interpretation.of(whole("%03d", level, number)))
                .contains("{\"kind\":\"whole\",\"level\":%d,\"number\":%d}".formatted(level, number));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 4299999", "4, 1000000", "78, 17601"})
    void aTokenThatIsKnownSaysTheSameAsItsContent(int level, int number) {
        assertThat(Interpretation.of(whole("%03d", level, number)))
                .contains(Interpretation.of(new WholeToken(level, number)));
    }

    @Test
    void aWholeTokenThatTheMainNetCannotHaveIsCalledImpossible() {
        assertThat(Interpretation.of(whole("%03d", 78, 17_603)))
                .contains("{\"kind\":\"whole\",\"level\":78,\"number\":17603,\"possible\":false}");
        assertThat(Interpretation.of(whole("%03d", 79, 1)))
                .contains("{\"kind\":\"whole\",\"level\":79,\"number\":1,\"possible\":false}");
        assertThat(Interpretation.of("001" + "ab".repeat(32)))
                .contains("{\"kind\":\"whole\",\"level\":1,\"possible\":false}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 56", "1, 4299999", "3, 2188563", "3, 2303750", "78, 17602"})
    void aTokenUpToTheCapacityOfItsLevelIsPossible(int level, int number) {
        String expected = "{\"kind\":\"whole\",\"level\":" + level + ",\"number\":" + number + "}";
        assertThat(Interpretation.of(whole("%03d", level, number))).contains(expected);
        assertThat(Interpretation.of(new WholeToken(level, number))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_300_000, 4_999_999, 5_000_000})
    void whatLevelOneHasLostIsBeyondTodaysSupply(int number) {
        String expected = "{\"kind\":\"whole\",\"level\":1,\"number\":" + number + ",\"beyond_supply\":true}";
        assertThat(Interpretation.of(whole("%03d", 1, number))).contains(expected);
        assertThat(Interpretation.of(new WholeToken(1, number))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 57", "3, 2303751", "4, 2188564"})
    void aNumberAboveTheCapacityIsImpossible(int level, int number) {
        assertThat(Interpretation.of(whole("%03d", level, number)).orElseThrow()).endsWith(",\"possible\":false}");
    }

    @Test
    void theTwoDigitLevelOfTheJavaNodeIsRead() {
        assertThat(Interpretation.of(whole("%02d", 1, 5)))
                .contains("{\"kind\":\"whole\",\"level\":1,\"number\":5,\"legacy\":true}");
    }

    @Test
    void aFungibleTokenHasANameAnIndexAndACreator() {
        assertThat(Interpretation.of("TRI 0 " + DID))
                .contains("{\"kind\":\"ft\",\"name\":\"TRI\",\"index\":0,\"creator\":\"" + DID + "\"}");
        assertThat(Interpretation.of("two words \"1\" 17 " + DID))
                .contains(
                        "{\"kind\":\"ft\",\"name\":\"two words \\\"1\\\"\",\"index\":17,\"creator\":\"" + DID + "\"}");
    }

    /** A pattern says what the reading by hand has to: also of what only looks like one. */
    @Test
    void aFungibleTokenIsWhatThePatternSays() {
        Pattern fungible = Pattern.compile("(.+) ([0-9]{1,18}) (bafybmi[a-z2-7]{52})", Pattern.DOTALL);
        Property.forAll(5_000, gen -> {
            String content = String.join("", gen.list(8, part -> part.oneOf(PARTS_OF_FUNGIBLE)));
            Matcher matcher = fungible.matcher(content);
            Optional<String> info = Interpretation.of(content);
            assertThat(info.filter(json -> json.startsWith("{\"kind\":\"ft\"")).isPresent())
                    .isEqualTo(matcher.matches());
            if (matcher.matches()) {
                assertThat(info.orElseThrow()).contains("\"index\":" + Long.parseLong(matcher.group(2)) + ",")
                        .endsWith("\"creator\":\"" + matcher.group(3) + "\"}");
            }
        });
    }

    @Test
    void anNftAndAContractAreTheirJson() {
        assertThat(Interpretation.of("{\n  \"DID\": \"" + DID + "\",\n  \"ArtifactHash\": \"Qmx\"\n}"))
                .contains("{\"kind\":\"nft\",\"creator\":\"" + DID + "\",\"artifact\":\"Qmx\"}");
        assertThat(Interpretation
                .of("{\"binaryCodeHash\":\"b\",\"rawCodeHash\":\"r\",\"schemaCodeHash\":\"s\",\"did\":\"d\"}"))
                .contains(
                        "{\"kind\":\"contract\",\"binary\":\"b\",\"raw\":\"r\",\"schema\":\"s\",\"creator\":\"d\"}");
    }

    @Test
    void aPartHasAParentANumberAndAValue() {
        String info = "a3" + text("1") + text(PARENT) + text("2") + "07" + text("3") + "fb3ee4f8b588e368f1";
        assertThat(Interpretation.of(rac("a2" + text("3") + text(DID) + text("13") + info)))
                .contains("{\"kind\":\"part\",\"parent\":\"" + PARENT
                        + "\",\"part\":7,\"value\":0.00001,\"creator\":\"" + DID + "\"}");
    }

    @Test
    void aDataTokenIsNoPart() {
        assertThat(Interpretation.of(rac("a2" + text("3") + text(DID) + text("7") + text("maker"))))
                .contains("{\"kind\":\"data\",\"creator\":\"maker\",\"committer\":\"" + DID + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello world\n", "{", "{}", "{\"DID\":1,\"ArtifactHash\":\"x\"}", "[]",
            "{\"DID\":\"a\",\"ArtifactHash\":\"x\",\"more\":\"y\"}", "{\"DID\":\"a\",\"DID\":\"b\"}",
            "a2", "a20000000000000000", "a16131f4a16131f4", "TRI 0 nobody", "TRI x " + DID, " 5 " + DID,
            "TRI 1234567890123456789 " + DID, "zz6131f4a16131f4zz"})
    void otherContentSaysNothing(String content) {
        assertThat(Interpretation.of(content)).isEmpty();
    }

    @Test
    void aPartThatNoColumnCanHoldSaysNothing() {
        for (String value : new String[]{"fb7ff0000000000000", "fb7ff8000000000000", "fbbff0000000000000",
                "fb7fefffffffffffff", "f6", text("1")}) {
            String info = "a3" + text("1") + text(PARENT) + text("2") + "07" + text("3") + value;
            assertThat(Interpretation.of(rac("a2" + text("3") + text(DID) + text("13") + info))).isEmpty();
        }
        assertThat(Interpretation.of("N".repeat(880) + " 1 " + DID)).isPresent();
        assertThat(Interpretation.of("N".repeat(935) + " 1 " + DID)).isEmpty();
        assertThat(Interpretation.of("\u0001".repeat(500) + " 1 " + DID)).isEmpty();
    }

    /** Bytes that begin like a RAC block and go on in any way; a length that is not there must not be believed. */
    @Test
    void hostileBlocksCostNoMoreThanTheirSize() {
        Property.forAll(2_000, gen -> {
            byte[] bytes = new byte[gen.integer(8, 200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) gen.integer(0, 255);
            }
            bytes[0] = (byte) gen.oneOf(0xA2, 0xBB, 0xA1, 0xAF).intValue();
            Interpretation.of(HexFormat.of().formatHex(bytes));
            Interpretation.of(rac(HexFormat.of().formatHex(bytes)));
        });
        assertThat(Interpretation.of("a1" + "81".repeat(70_000))).isEmpty();
        assertThat(Interpretation.of("bb7fffffffffffffff" + "00".repeat(20))).isEmpty();
        assertThat(Interpretation.of("a1" + "5b7fffffffffffffff" + "00".repeat(20))).isEmpty();
        assertThat(Interpretation.of("{\"a\":".repeat(800))).isEmpty();
    }

    private static String whole(String level, int of, int number) {
        return String.format(Locale.ROOT, level, of) + HexFormat.of().formatHex(WholeToken.hash(number));
    }

    /** CBOR in hex of a short text. */
    private static String text(String text) {
        return "78" + String.format(Locale.ROOT, "%02x", text.length()) + hex(text);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rac(String content) {
        return "a2" + text("1") + "59" + String.format(Locale.ROOT, "%04x", content.length() / 2) + content + text("2")
                + text("signature");
    }
}
