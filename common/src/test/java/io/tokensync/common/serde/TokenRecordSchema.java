package io.tokensync.common.serde;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TransactionCheck;

/**
 * The JSON Schema of token records. The fields are those of {@link Fields}, of the type and as much required as the reader wants
 * them, and no longer than {@link ColumnLimits} says of the column of the same name.
 */
final class TokenRecordSchema {
    private static final List<String> OPERATIONS = List.of(Fields.UPSERT, Fields.DELETE);
    private static final List<String> NAMES = Arrays.stream(Fields.class.getDeclaredFields())
            .filter(field -> !field.isSynthetic()).map(field -> (String) get(field))
            .filter(name -> !OPERATIONS.contains(name)).toList();
    private static final String SOME_TIME = "2026-01-02T03:04:05Z";

    private TokenRecordSchema() {}

    /** The schema. */
    static ObjectNode document() {
        ObjectNode schema = SchemaParts.document("token-record", "Token record",
                "A row of a node's token table, or its deletion: the value of a record on tokens.scanned, tokens.enriched"
                        + " and tokens.content-retry-1 to -5. Readers ignore other fields. maxLength counts characters;"
                        + " the columns count one beyond U+FFFF as two.");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        NAMES.forEach(name -> properties.set(name, value(name)));
        List<String> upsert = required(Records.whole());
        List<String> delete = required(Records.deleted());
        List<String> always = upsert.stream().filter(delete::contains).toList();
        schema.set("required", SchemaParts.array(always));
        schema.putArray("allOf").add(when(Fields.OPERATION, '"' + Fields.UPSERT + '"', without(upsert, always)))
                .add(when(Fields.OPERATION, '"' + Fields.DELETE + '"', without(delete, always)))
                .add(when(Fields.IPFS_FETCHED, "true", without(required(Records.fetched()), upsert)));
        ObjectNode dependent = schema.putObject("dependentRequired");
        dependent.set(Fields.IPFS_ERROR, SchemaParts.array(without(required(Records.failed()), upsert)));
        List<String> proof = without(required(Records.withTransaction()), required(Records.fetched()));
        Stream.of(Fields.TRANSACTION_INITIATOR, Fields.TRANSACTION_OWNER, Fields.TRANSACTION_TIME)
                .forEach(name -> dependent.set(name, SchemaParts.array(proof)));
        return schema;
    }

    private static ObjectNode value(String name) {
        String at = "/" + name;
        // A record that may be an upsert and a deletion, so that any value of "operation" is taken.
        ObjectNode sample = (ObjectNode) SchemaParts.JSON
                .readTree(TokenRecordSerde.write(Records.withTransaction()));
        sample.put(Fields.DELETED_AT, SOME_TIME);
        Probe probe = new Probe(SchemaParts.JSON.writeValueAsBytes(sample), TokenRecordSerde::read);
        if (probe.takes(at, "x")) {
            ObjectNode text = SchemaParts.text(probe, at);
            Stream.of(ColumnLimits.class.getFields()).filter(field -> field.getName().equalsIgnoreCase(name))
                    .forEach(limit -> text.put("maxLength", (int) get(limit)));
            return text;
        }
        return notText(probe, at);
    }

    private static ObjectNode notText(Probe probe, String at) {
        if (probe.takes(at, SOME_TIME)) {
            return SchemaParts.time();
        }
        if (probe.takes(at, "AAEC")) {
            return SchemaParts.base64();
        }
        if (probe.takes(at, json("1"))) {
            return SchemaParts.integer(probe.takes(at, json("0")) ? Long.MIN_VALUE : 1, Long.MAX_VALUE);
        }
        if (probe.takes(at, json("true"))) {
            return SchemaParts.type("boolean");
        }
        if (probe.takes(at, json("[\"x\"]"))) {
            return SchemaParts.type("array").set("items", SchemaParts.type("string"));
        }
        List<String> codes = new ArrayList<>(OPERATIONS);
        Arrays.stream(TokenKind.values()).map(TokenKind::code).forEach(codes::add);
        Arrays.stream(NodeGeneration.values()).map(NodeGeneration::code).forEach(codes::add);
        Arrays.stream(TransactionCheck.values()).map(TransactionCheck::code).forEach(codes::add);
        return SchemaParts.oneOf(codes.stream().filter(code -> probe.takes(at, code)).toList());
    }

    private static ObjectNode when(String field, String value, List<String> required) {
        ObjectNode rule = SchemaParts.JSON.createObjectNode();
        ObjectNode condition = rule.putObject("if");
        condition.putObject("properties").putObject(field).set("const", json(value));
        condition.set("required", SchemaParts.array(List.of(field)));
        rule.putObject("then").set("required", SchemaParts.array(required));
        return rule;
    }

    private static List<String> required(TokenRecord record) {
        return new Probe(TokenRecordSerde.write(record), TokenRecordSerde::read).required(NAMES);
    }

    private static List<String> without(List<String> fields, List<String> others) {
        return fields.stream().filter(field -> !others.contains(field)).toList();
    }

    private static JsonNode json(String text) {
        return SchemaParts.JSON.readTree(text);
    }

    private static Object get(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
