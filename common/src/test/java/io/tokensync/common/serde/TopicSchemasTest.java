package io.tokensync.common.serde;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.JsonMutations;
import io.tokensync.testkit.property.Property;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schemas in {@code docs/schemas} are what code says, and lie between writers and readers: they take all that is written,
 * and nothing that the readers reject.
 */
class TopicSchemasTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

    /** In the place of which an example has dots: all but the first of the fewest buckets. */
    private static final String EMPTY_BUCKETS = "A".repeat(16 * (BucketSums.COARSEST - 1));

    static List<TopicSchema> schemas() {
        return TopicSchema.ALL;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void theFileIsWhatTheCodeSays(TopicSchema schema) {
        Golden.below(DOCS.resolve("schemas")).check(schema.file(),
                SchemaParts.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema.document()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void itIsASchema(TopicSchema schema) {
        Schema ofSchemas = TopicSchema.REGISTRY
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(ofSchemas.validate(schema.document())).isEmpty();
    }

    @Test
    void aRecordIsTakenUnlessSomethingInItDoesNotFitTheTable() {
        Property.forAll(1_000, gen -> {
            byte[] json = TokenRecordSerde.write(Records.random(gen));
            assertThat(TopicSchema.TOKEN_RECORD.errors(json))
                    .extracting(error -> error.getInstanceLocation().getName(0))
                    .hasSameElementsAs(unfit(json));
        });
    }

    @Test
    void aReceiptIsTakenWhenItFits() {
        assertTakenWhenRead(TopicSchema.RECEIPT, ReceiptSerde.Kinds.class,
                (type, gen) -> ReceiptSerde.write((Receipt) new RecordSamples(gen, true).of(type)));
    }

    @Test
    void aSessionSummaryIsTakenWhenItFits() {
        assertTakenWhenRead(TopicSchema.SESSION_SUMMARY, SessionSummarySerde.Kinds.class,
                (type, gen) -> SessionSummarySerde.write((SessionSummary) new RecordSamples(gen, true).of(type)));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatIsTakenIsRead(TopicSchema schema) throws IOException {
        for (String example : examples(schema.section())) {
            assertThat(JsonMutations.of(example)).allMatch(
                    json -> !schema.takes(json.getBytes(UTF_8)) || schema.reader().takes(json.getBytes(UTF_8)));
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void theExamplesOfTheDocumentAreTaken(TopicSchema schema) throws IOException {
        assertThat(examples(schema.section())).hasSizeGreaterThan(1)
                .allSatisfy(json -> assertThat(schema.errors(json.getBytes(UTF_8))).as(json).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "token-record | operation | \"insert\"", "token-record | operation | \"delete\"",
            "token-record | token_id | \" \"", "token-record | record_version | 0",
            "token-record | record_version | \"1\"", "token-record | record_version | 9223372036854775808",
            "token-record | token_kind | \"coin\"", "token-record | token_kind |",
            "token-record | node_generation | \"v0\"", "token-record | node_generation |",
            "token-record | transaction_check | \"VERIFIED\"", "token-record | transaction_initiator | \"did\"",
            "token-record | transaction_owner | \"did\"",
            "token-record | transaction_time | \"2026-01-02T03:04:05Z\"",
            "token-record | created_at | \"2026-02-30T00:00:00Z\"", "token-record | updated_at | \"yesterday\"",
            "token-record | validation_errors | [1]", "token-record | ipfs_block | \"%%%\"",
            "token-record | ipfs_fetched | \"true\"", "token-record | ipfs_fetched | true",
            "token-record | ipfs_error | \"not_found: nowhere\"", "token-record | did | 7",
            "receipt | kind | \"cycle_begun\"", "receipt | kind |", "receipt | versions | \"5+\"",
            "receipt | versions | \"5,-3\"", "receipt | versions | \"-5\"", "receipt | versions | \"1+2+3\"",
            "receipt | started_at | \"0000-01-01T00:00:00Z\"", "receipt | scope | {}", "receipt | scan |",
            "receipt | problem | {\"kind\":\"\",\"path\":\"\",\"reason\":\"\"}",
            "session-summary | session_id | \"5e55\"", "session-summary | status | \"DONE\"",
            "session-summary | revision | -1", "session-summary | in_flight | {\"to_enricher\":9007199254740993}",
            "session-summary | scan_span | {\"first\":\"2026-01-02T03:04:05Z\"}",
            "session-summary | source_ip | \"10.0.0.1\\n\"", "session-summary | problems | [null]",
            "node-digest | buckets | \"AAAA\"", "node-digest | buckets |", "node-digest | started_by | \"whim\"",
            "node-digest | digest | \"A0\"", "node-digest | watermark | 0", "node-digest | repaired | {\"deleted\":-1}",
            "node-digest | agent_id | \"me\"", "node-verdict | buckets | 65", "node-verdict | outcome |",
            "node-verdict | rows | [{\"token_id\":\" \",\"digest\":1,\"version\":1}]",
            "node-verdict | rows | [{\"token_id\":\"Qm\",\"digest\":1,\"version\":-1}]",
            "node-verdict | table_rows | -1"})
    void whatTheReadersRejectForItsShapeIsRejectedHereToo(TopicSchema schema, String field, String wrong)
            throws IOException {
        ObjectNode json = (ObjectNode) SchemaParts.JSON.readTree(examples(schema.section()).getFirst());
        json.remove(field);
        if (wrong != null) {
            json.set(field, SchemaParts.JSON.readTree(wrong));
        }
        byte[] bytes = SchemaParts.JSON.writeValueAsBytes(json);
        assertThat(schema.reader().takes(bytes)).as("read").isFalse();
        assertThat(schema.errors(bytes)).isNotEmpty();
    }

    @Test
    void recordsOfEarlierReleasesAreTaken() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "records", "v1"))) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(
                    file -> assertThat(TopicSchema.TOKEN_RECORD.errors(Files.readAllBytes(file))).as(file.toString())
                            .isEmpty());
        }
    }

    /** How a kind is made by chance and written. */
    private interface Chance {
        byte[] written(Class<?> kind, Gen gen);
    }

    private static void assertTakenWhenRead(TopicSchema schema, Class<?> kinds, Chance chance) {
        List<Class<?>> types = new ArrayList<>();
        Arrays.stream(kinds.getAnnotation(JsonSubTypes.class).value()).forEach(type -> types.add(type.value()));
        Property.forAll(1_000, gen -> {
            byte[] json = chance.written(gen.oneOf(types), gen);
            assertThat(schema.errors(json).isEmpty()).as(() -> new String(json, UTF_8) + " " + schema.errors(json))
                    .isEqualTo(schema.reader().takes(json));
        });
    }

    /** The fields of a record that are too long for their column, or beyond the years 1 to 9999. */
    private static Set<String> unfit(byte[] json) {
        Set<String> unfit = new TreeSet<>();
        JsonNode properties = TopicSchema.TOKEN_RECORD.document().get("properties");
        for (Map.Entry<String, JsonNode> field : SchemaParts.JSON.readTree(json).properties()) {
            JsonNode property = properties.get(field.getKey());
            String text = field.getValue().asString("");
            boolean far = property.has("format") && !text.matches("(?!0000)\\d{4}-.*");
            if (far || text.codePointCount(0, text.length()) > property.path("maxLength").asInt(Integer.MAX_VALUE)) {
                unfit.add(field.getKey());
            }
        }
        return unfit;
    }

    /** The examples of a section of docs/topics.md. */
    private static List<String> examples(String section) throws IOException {
        String text = Files.readString(DOCS.resolve("topics.md"), StandardCharsets.UTF_8);
        Matcher example = EXAMPLE.matcher(Arrays.stream(text.split("(?m)^## ", -1))
                .filter(it -> it.startsWith(section + "\n")).findFirst().orElseThrow());
        return example.results().map(it -> it.group(1).replace("…", EMPTY_BUCKETS)).toList();
    }
}
