package io.tokensync.simulator.content;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A signed RAC block in hex, as part and data tokens have it in their IPFS file. */
final class RacBlock {
    private static final int VERSION = 1;
    /** The node writes the token type here, which is why part and data tokens have the same number. */
    private static final int TYPE = 4;
    private static final int LEVEL = 1;
    private static final int SIGNATURE_BYTES = 71;

    private RacBlock() {}

    static String part(Dice dice, String did, String time, String parent, int number, double value) {
        Map<String, Object> content = head(did);
        content.put("6", time);
        content.put("13", ordered("1", parent, "2", number, "3", value));
        content.put("14", LEVEL);
        return sign(dice, content);
    }

    static String data(Dice dice, String did, String creatorInput) {
        Map<String, Object> content = head(did);
        content.put("7", did);
        content.put("8", creatorInput);
        content.put("10", ordered("content", HexFormat.of().formatHex(dice.bytes(Integer.SIZE))));
        content.put("11", ordered("content", "https://data.example.com/" + creatorInput));
        return sign(dice, content);
    }

    private static Map<String, Object> head(String did) {
        return ordered("1", TYPE, "2", VERSION, "3", did);
    }

    private static String sign(Dice dice, Map<String, Object> content) {
        String signature = HexFormat.of().formatHex(dice.bytes(SIGNATURE_BYTES));
        return HexFormat.of().formatHex(Cbor.write(ordered("1", Cbor.write(content), "2", signature)));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
