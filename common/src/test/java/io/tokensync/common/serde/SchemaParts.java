package io.tokensync.common.serde;

import java.util.Collection;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import io.tokensync.common.model.FieldCheck;

/** The parts of which JSON Schemas of the topics' values are made. */
final class SchemaParts {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    /** Of the years 1 to 9999, in UTC. {@code format} says the same of it, and that February has no 30th; not all look at it. */
    private static final String TIME = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z$";
    private static final String BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";
    /** In two patterns without a repeated group, of which engines that call themselves for each run have too many. */
    private static final String RUNS = "^([1-9][0-9+,]*)?$";
    private static final String NO_RUNS = "[+,]([+,0]|$)|\\+[0-9]+\\+|[0-9]{17}";
    private static final String HALVES = "\\ud800-\\udfff";
    private static final String CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";

    private SchemaParts() {}

    /** The head of a document. */
    static ObjectNode document(String name, String title, String description) {
        return JSON.createObjectNode().put("$schema", DIALECT).put("$id", "urn:tokensync:" + name + ":1")
                .put("$comment", "Generated; do not edit. To write it again: make test MODULE=common"
                        + " TEST=TopicSchemasTest MVN='mvn -Dgolden.update=true'")
                .put("title", title).put("description", description);
    }

    static ObjectNode type(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    static ObjectNode integer(long least, long most) {
        return type("integer").put("minimum", least).put("maximum", most);
    }

    static ObjectNode time() {
        return type("string").put("format", "date-time").put("pattern", TIME);
    }

    static ObjectNode base64() {
        return type("string").put("contentEncoding", "base64").put("pattern", BASE64);
    }

    static ObjectNode versions() {
        ObjectNode versions = type("string").put("pattern", RUNS);
        versions.putObject("not").put("pattern", NO_RUNS);
        return versions;
    }

    static ObjectNode countsByCode() {
        ObjectNode counts = type("object").put("maxProperties", FieldCheck.MOST_CODES);
        counts.putObject("propertyNames").put("pattern", "^" + FieldCheck.CODE + "$");
        counts.set("additionalProperties", integer(0, FieldCheck.MOST));
        return counts;
    }

    static ObjectNode oneOf(Collection<String> values) {
        return JSON.createObjectNode().set("enum", array(values));
    }

    static ArrayNode array(Collection<String> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(array::add);
        return array;
    }

    /** A text at a place, as long and of such characters as is taken there. */
    static ObjectNode text(Probe probe, String at) {
        ObjectNode text = type("string");
        if (!probe.takes(at, "x")) {
            return text.put("pattern", "^" + FieldCheck.UUID + "$");
        }
        probe.longest(at, length -> StringNode.valueOf("x".repeat(length))).ifPresent(most -> text.put("maxLength",
                most));
        boolean blank = probe.takes(at, " ");
        if (!probe.takes(at, "x\u0000")) {
            String never = probe.takes(at, "x\u0001") ? "\\u0000" : CONTROLS;
            return text.put("pattern", "^" + (blank ? "" : "(?=.*\\S)") + "[^" + never + HALVES + "]*$");
        }
        return blank ? text : text.put("pattern", "\\S");
    }
}
