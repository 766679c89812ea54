package io.tokensync.enricher.rubix;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.TokenLevels;
import io.tokensync.common.model.TokenLevels.Verdict;
import io.tokensync.ipfs.WholeToken;

/**
 * What a token's content says, as a flat JSON object for {@code ipfs_info}. By {@code kind}:
 *
 * <ul>
 * <li>{@code whole}: level, number; {@code "possible":false} when the main net has no such token,
 * {@code "beyond_supply":true} when it could once be made and cannot any more; {@code "legacy":true} for the two-digit
 * level of the Java node;
 * <li>{@code part}: parent, part (its number), value, creator;
 * <li>{@code ft}: name, index, creator;
 * <li>{@code nft}: creator, artifact;
 * <li>{@code contract}: binary, raw, schema (ids of its code), creator;
 * <li>{@code data}: creator, committer.
 * </ul>
 *
 * It is a function of the content and nothing else: the same content says the same on every machine.
 */
public final class Interpretation {
    private static final int HASH_DIGITS = 64;
    private static final int LEGACY_LENGTH = 66;
    private static final int LONGEST_JSON = 4_096;
    private static final int LONGEST_FUNGIBLE = 1_000;
    private static final String DID_START = "bafybmi";
    private static final int DID_LENGTH = 59;
    /** As many fit into a long. */
    private static final int INDEX_DIGITS = 18;
    private static final List<String> NFT = List.of("DID", "ArtifactHash");
    private static final List<String> CONTRACT = List.of("binaryCodeHash", "rawCodeHash", "schemaCodeHash", "did");
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Interpretation() {}

    /** The meaning of this content; empty when it is of no known kind, or says more than the column holds. */
    public static Optional<String> of(String content) {
        return read(content).map(InfoJson::toString).filter(json -> json.length() <= ColumnLimits.IPFS_INFO);
    }

    /** What the content of this token of the main net says, without looking for its number. */
    public static String of(WholeToken token) {
        return whole(token.level(), OptionalInt.of(token.number())).toString();
    }

    private static InfoJson whole(int level, OptionalInt number) {
        InfoJson info = InfoJson.ofKind("whole").with("level", level);
        number.ifPresent(found -> info.with("number", found));
        switch (number.isPresent() ? TokenLevels.verdict(level, number.getAsInt()) : Verdict.IMPOSSIBLE) {
            case IMPOSSIBLE -> info.with("possible", false);
            case BEYOND_SUPPLY -> info.with("beyond_supply", true);
            case POSSIBLE -> {
            }
        }
        return info;
    }

    private static Optional<InfoJson> read(String content) {
        if ((content.length() == WholeToken.CONTENT_LENGTH || content.length() == LEGACY_LENGTH)
                && isWhole(content, content.length() - HASH_DIGITS)) {
            return whole(content);
        }
        if (content.startsWith("{")) {
            return content.length() > LONGEST_JSON ? Optional.empty() : object(content);
        }
        Optional<InfoJson> fungible = content.length() > LONGEST_FUNGIBLE ? Optional.empty() : fungible(content);
        return fungible.isPresent() ? fungible : RacBlock.read(content);
    }

    /** Whether there are so many digits, and behind them a hash in lower case. */
    private static boolean isWhole(String content, int digits) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (!isDigit(c) && (i < digits || c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InfoJson> whole(String content) {
        int digits = content.length() - HASH_DIGITS;
        boolean legacy = content.length() == LEGACY_LENGTH;
        int level = Integer.parseInt(content.substring(0, digits));
        OptionalInt number = TokenNumbers.find(HexFormat.of().parseHex(content, digits, content.length()));
        InfoJson info = whole(level, number);
        return Optional.of(legacy ? info.with("legacy", true) : info);
    }

    /** A name, the token's index and the DID of its creator with a blank between; read from the end, since names have blanks. */
    private static Optional<InfoJson> fungible(String content) {
        int did = content.length() - DID_LENGTH;
        int end = did - 1;
        if (end < 0 || content.charAt(end) != ' ' || !isDid(content, did)) {
            return Optional.empty();
        }
        int index = end;
        while (index > 0 && isDigit(content.charAt(index - 1))) {
            index--;
        }
        int name = index - 1;
        if (name < 1 || content.charAt(name) != ' ' || index == end || end - index > INDEX_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(InfoJson.ofKind("ft").with("name", content.substring(0, name))
                .with("index", Long.parseLong(content, index, end, 10)).with("creator", content.substring(did)));
    }

    /** Whether the rest of a content is a DID. */
    private static boolean isDid(String content, int from) {
        if (!content.startsWith(DID_START, from)) {
            return false;
        }
        for (int i = from + DID_START.length(); i < content.length(); i++) {
            char c = content.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '2' || c > '7')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<InfoJson> object(String content) {
        Map<String, String> fields = texts(content);
        if (fields.size() == NFT.size() && fields.keySet().containsAll(NFT)) {
            return Optional.of(InfoJson.ofKind("nft").with("creator", fields.get("DID")).with("artifact",
                    fields.get("ArtifactHash")));
        }
        if (fields.size() == CONTRACT.size() && fields.keySet().containsAll(CONTRACT)) {
            return Optional.of(InfoJson.ofKind("contract").with("binary", fields.get("binaryCodeHash"))
                    .with("raw", fields.get("rawCodeHash")).with("schema", fields.get("schemaCodeHash"))
                    .with("creator", fields.get("did")));
        }
        return Optional.empty();
    }

    /** The fields of an object whose values are all text; else none. */
    private static Map<String, String> texts(String json) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : JSON.readTree(json).properties()) {
                if (!field.getValue().isString()) {
                    return Map.of();
                }
                texts.put(field.getKey(), field.getValue().stringValue());
            }
            return texts;
        } catch (JacksonException _) {
            return Map.of();
        }
    }
}
