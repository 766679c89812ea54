package io.tokensync.common.serde;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.common.verification.VerificationCheck;

/** The JSON Schemas of digests and verdicts of nodes; texts are as long and of such characters as the reader takes. */
final class VerificationSchema {
    private static final int CHARACTERS_PER_BUCKET = 16;
    /** Twelve bytes, of which the first four are a number that is not negative. */
    private static final String SUMS = "^([A-Za-f][A-Za-z0-9+/]{15})+$";
    private static final List<Integer> BUCKETS = IntStream.iterate(BucketSums.COARSEST, it -> it <= BucketSums.FINEST,
            it -> 2 * it).boxed().toList();

    private VerificationSchema() {}

    static ObjectNode digest() {
        ObjectNode schema = SchemaParts.document("node-digest", "Node digest",
                "What an agent says that a node holds: the value of a record on sync.digests. Readers ignore other fields.");
        Probe probe = new Probe(VerificationSerde.write(VerificationSerdeTest.digest()), VerificationSerde::readDigest);
        ObjectNode properties = node(schema, probe);
        texts(properties, probe, "session_id", "db_path");
        properties.set("as_of", SchemaParts.time());
        properties.set("started_by", SchemaParts.oneOf(Stream.of(StartedBy.values()).map(StartedBy::code).toList()));
        properties.set("repair", SchemaParts.type("boolean"));
        properties.set("digest", SchemaParts.type("string").put("pattern", "^[0-9a-f]{64}$"));
        properties.set("buckets", sums());
        properties.set("repaired", object("republished", "deleted", "deferred"));
        return allRequired(schema);
    }

    static ObjectNode verdict() {
        ObjectNode schema = SchemaParts.document("node-verdict", "Node verdict",
                "What the verifier answers an agent: the value of a record on sync.repairs. Readers ignore other fields. A"
                        + " part is less than the number of parts, and a bucket that differs less than that of buckets.");
        Probe probe = new Probe(VerificationSerde.write(VerificationSerdeTest.VERDICT), VerificationSerde::readVerdict);
        ObjectNode properties = node(schema, probe);
        properties.set("verified_at", SchemaParts.time());
        properties.set("outcome", SchemaParts.oneOf(Stream.of(Outcome.values()).map(Outcome::code).toList()));
        properties.set("table_rows", SchemaParts.integer(0, FieldCheck.MOST));
        ArrayNode buckets = properties.putObject("buckets").put("type", "integer").putArray("enum");
        BUCKETS.forEach(buckets::add);
        properties.set("part", SchemaParts.integer(0, VerificationCheck.MOST_PARTS - 1L));
        properties.set("parts", SchemaParts.integer(1, VerificationCheck.MOST_PARTS));
        properties.set("differing", SchemaParts.type("array").set("items",
                SchemaParts.integer(0, BucketSums.FINEST - 1L)));
        ObjectNode row = SchemaParts.type("object");
        ObjectNode fields = row.putObject("properties");
        fields.set("token_id", SchemaParts.text(probe, "/rows/0/token_id"));
        fields.set("digest", SchemaParts.integer(Long.MIN_VALUE, Long.MAX_VALUE));
        fields.set("version", SchemaParts.integer(0, Long.MAX_VALUE));
        properties.set("rows", SchemaParts.type("array").put("maxItems", VerificationCheck.MOST_ROWS).set("items",
                allRequired(row)));
        properties.set("complete", SchemaParts.type("boolean"));
        return allRequired(schema);
    }

    private static ObjectNode node(ObjectNode schema, Probe probe) {
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        texts(properties, probe, "source_ip", "node_name", "agent_id");
        properties.set("watermark", SchemaParts.integer(1, FieldCheck.MOST));
        return properties;
    }

    private static void texts(ObjectNode properties, Probe probe, String... names) {
        Stream.of(names).forEach(name -> properties.set(name, SchemaParts.text(probe, "/" + name)));
    }

    private static ObjectNode sums() {
        ObjectNode sums = SchemaParts.type("string").put("contentEncoding", "base64").put("pattern", SUMS);
        ArrayNode lengths = sums.putArray("anyOf");
        BUCKETS.forEach(buckets -> lengths.addObject().put("minLength", buckets * CHARACTERS_PER_BUCKET)
                .put("maxLength", buckets * CHARACTERS_PER_BUCKET));
        return sums;
    }

    private static ObjectNode object(String... counts) {
        ObjectNode object = SchemaParts.type("object");
        ObjectNode properties = object.putObject("properties");
        Stream.of(counts).forEach(name -> properties.set(name, SchemaParts.integer(0, FieldCheck.MOST)));
        return allRequired(object);
    }

    private static ObjectNode allRequired(ObjectNode object) {
        List<String> names = object.get("properties").propertyNames().stream().toList();
        return object.set("required", SchemaParts.array(names));
    }
}
