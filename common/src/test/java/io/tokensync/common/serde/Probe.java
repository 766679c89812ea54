package io.tokensync.common.serde;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Asks a reader what it takes in the place of a value of a document that it takes. So a schema says the bounds that are kept,
 * and nobody writes them down a second time.
 */
final class Probe {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Longer than any bound. */
    private static final int LONG = 20_000;

    private final JsonNode document;
    private final Reader reader;

    /** Somebody who reads a value of a topic, and throws when it cannot be. */
    interface Reader {
        void read(byte[] json) throws UnreadableRecordException;

        /** Whether these bytes are read. */
        default boolean takes(byte[] json) {
            try {
                read(json);
                return true;
            } catch (UnreadableRecordException _) {
                return false;
            }
        }
    }

    Probe(byte[] json, Reader reader) {
        this.document = JSON.readTree(json);
        this.reader = reader;
        if (!reader.takes(json)) {
            throw new IllegalArgumentException("the sample itself is not taken: " + document);
        }
    }

    /** Whether it takes this value at a place. */
    boolean takes(String at, JsonNode value) {
        JsonNode changed = document.deepCopy();
        parent(changed, at).set(name(at), value);
        return reader.takes(JSON.writeValueAsBytes(changed));
    }

    /** As {@link #takes(String, JsonNode)}, of a text. */
    boolean takes(String at, String text) {
        return takes(at, StringNode.valueOf(text));
    }

    /** Whether it takes the document without this. */
    boolean takesWithout(String... places) {
        JsonNode changed = document.deepCopy();
        for (String at : places) {
            parent(changed, at).remove(name(at));
        }
        return reader.takes(JSON.writeValueAsBytes(changed));
    }

    /** Which of these fields of the document's own must be there. */
    List<String> required(List<String> fields) {
        return fields.stream().filter(field -> !takesWithout("/" + field)).toList();
    }

    /** So many times what stands at a place. */
    List<JsonNode> copies(String at, int count) {
        return Collections.nCopies(count, document.at(at));
    }

    /** The greatest length that is taken; empty when there is none. */
    OptionalInt longest(String at, IntFunction<JsonNode> ofLength) {
        if (takes(at, ofLength.apply(LONG))) {
            return OptionalInt.empty();
        }
        int taken = 1;
        int rejected = LONG;
        while (rejected - taken > 1) {
            int middle = (taken + rejected) / 2;
            if (takes(at, ofLength.apply(middle))) {
                taken = middle;
            } else {
                rejected = middle;
            }
        }
        return OptionalInt.of(taken);
    }

    private static ObjectNode parent(JsonNode root, String at) {
        return (ObjectNode) root.at(JsonPointer.compile(at).head());
    }

    private static String name(String at) {
        return at.substring(at.lastIndexOf('/') + 1);
    }
}
