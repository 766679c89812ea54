package io.tokensync.enricher.rubix;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import io.tokensync.enricher.rubix.CborReader.MalformedException;

/**
 * A RAC block: in hex, a CBOR map of a signature ("2") and the content ("1"), itself CBOR. Part and data tokens have the
 * same type number in it; only a part has part info. Its signature is not checked here: that takes the keys of the DID.
 */
final class RacBlock {
    private static final String CONTENT = "1";
    private static final String DID = "3";
    private static final String CREATOR = "7";
    private static final String PART_INFO = "13";
    private static final String PARENT = "1";
    private static final String PART_NUMBER = "2";
    private static final String VALUE = "3";

    private static final double HIGHEST_VALUE = 1e9;
    private static final int DECIMALS = 10;
    private static final char FIRST_DIGIT_OF_A_MAP = 'a';
    private static final int SHORTEST = 16;

    private RacBlock() {}

    /** What a part or data token says; empty for anything else. */
    static Optional<InfoJson> read(String text) {
        if (text.length() < SHORTEST || text.charAt(0) != FIRST_DIGIT_OF_A_MAP || text.length() % 2 != 0) {
            return Optional.empty();
        }
        try {
            if (CborReader.read(HexFormat.of().parseHex(text)) instanceof Map<?, ?> signed
                    && signed.get(CONTENT) instanceof byte[] content
                    && CborReader.read(content) instanceof Map<?, ?> block && block.get(DID) instanceof String did) {
                return block.get(PART_INFO) instanceof Map<?, ?> part ? part(part, did) : data(block, did);
            }
            return Optional.empty();
        } catch (MalformedException | IllegalArgumentException _) { // not CBOR, not hex
            return Optional.empty();
        }
    }

    private static Optional<InfoJson> part(Map<?, ?> part, String did) {
        if (part.get(PARENT) instanceof String parent && part.get(PART_NUMBER) instanceof Long number && number >= 0
                && part.get(VALUE) instanceof Number value && value.doubleValue() >= 0
                && value.doubleValue() <= HIGHEST_VALUE) {
            BigDecimal decimal = new BigDecimal(value.toString()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
            return Optional.of(InfoJson.ofKind("part").with("parent", parent).with("part", number)
                    .withNumber("value", decimal.stripTrailingZeros().toPlainString()).with("creator", did));
        }
        return Optional.empty();
    }

    private static Optional<InfoJson> data(Map<?, ?> block, String did) {
        return block.get(CREATOR) instanceof String creator
                ? Optional.of(InfoJson.ofKind("data").with("creator", creator).with("committer", did))
                : Optional.empty();
    }
}
