package io.tokensync.testkit.property;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a JSON document when one of its fields, at any depth, is something else. */
public final class JsonMutations {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** In the place of a value: what is legal JSON, and seldom what was meant. */
    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "9223372036854775807",
            "-9223372036854775808", "1e400", "1e1000000000", "0.5", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"",
            "\"\\ud800\"", "\"\\u001b[31m\"", "\"-1000000000-01-01T00:00:00Z\"", "\"+1000000000-12-31T23:59:59Z\"",
            "\"10000-01-01T00:00:00Z\"", "\"9223372036854775807\"", "\"1+9223372036854775806\"",
            "\"5c4f7a2e-0000-4000-8000-00000000000\\ud800\"", "[]", "[null]", "[{}]", "{}", "{\"a\":null}",
            "{\"a\":9223372036854775807}", "{\"\\ud800\":1}", "{\"a b\":-1}",
            "\"" + "x".repeat(100_000) + "\"");

    private JsonMutations() {}

    /** Each field in turn without, and with each of the values; the document itself too. */
    public static List<String> of(String document) {
        List<String> mutated = new ArrayList<>(VALUES);
        JsonNode root = JSON.readTree(document);
        for (JsonNode node : objects(root)) {
            for (String name : List.copyOf(((ObjectNode) node).propertyNames())) {
                JsonNode before = ((ObjectNode) node).remove(name);
                mutated.add(root.toString());
                for (String value : VALUES) {
                    ((ObjectNode) node).put(name, PLACE);
                    mutated.add(root.toString().replace('"' + PLACE + '"', value));
                }
                ((ObjectNode) node).set(name, before);
            }
        }
        return mutated;
    }

    /** Stands for the value, which no tree could hold. */
    private static final String PLACE = "--here--";

    private static List<JsonNode> objects(JsonNode node) {
        List<JsonNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
            object.values().forEach(child -> objects.addAll(objects(child)));
        } else if (node instanceof ArrayNode array) {
            array.values().forEach(child -> objects.addAll(objects(child)));
        }
        return objects;
    }
}
