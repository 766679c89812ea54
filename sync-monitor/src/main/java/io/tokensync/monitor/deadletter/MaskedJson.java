package io.tokensync.monitor.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.config.Redaction;
import io.tokensync.common.config.Secret;

/** What was rejected, as JSON without secrets: whatever is named like one, and whatever looks like one within a text. */
final class MaskedJson {
    /** Of what was rejected; more is shown by the command dlq show. */
    private static final int LONGEST = 32 * 1024;
    private static final int LONGEST_TEXT = 4_000;
    private static final int DEEPEST = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NAMES = "password|passwd|pwd|secret|jaas|credential|private_?key|mnemonic|authorization|"
            + "api_?key|access_?token";
    private static final Pattern SECRET = Pattern.compile(".*(" + NAMES + ").*");
    /** As JSON has it, in what is not wholly JSON. */
    private static final Pattern IN_TEXT = Pattern.compile("(?i)((?:" + NAMES
            + ")[\\w.-]{0,40}\"?\\s{0,9}:\\s{0,9})(\"(?:[^\"\\\\]++|\\\\.)*+\"?|[^\\s,}]++)");

    private MaskedJson() {}

    /** Null for nothing. */
    static JsonNode of(byte[] payload) {
        if (payload == null) {
            return null;
        }
        if (payload.length <= LONGEST) {
            try {
                return masked(JSON.readTree(payload), 0);
            } catch (JacksonException _) {
                // it may have been rejected for that
            }
        }
        return text(new String(payload, 0, Math.min(payload.length, LONGEST), StandardCharsets.UTF_8));
    }

    private static JsonNode masked(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return NODES.stringNode("…");
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = NODES.objectNode();
                object.properties().forEach(field -> copy.set(field.getKey(),
                        SECRET.matcher(field.getKey().toLowerCase(Locale.ROOT)).matches()
                                ? NODES.stringNode(Secret.MASK)
                                : masked(field.getValue(), depth + 1)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = NODES.arrayNode();
                array.forEach(item -> copy.add(masked(item, depth + 1)));
                yield copy;
            }
            default -> node.isString() ? text(node.asString()) : node;
        };
    }

    private static JsonNode text(String text) {
        String shown = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
        return NODES.stringNode(Redaction.of(IN_TEXT.matcher(shown).replaceAll("$1\"" + Secret.MASK + "\"")));
    }
}
