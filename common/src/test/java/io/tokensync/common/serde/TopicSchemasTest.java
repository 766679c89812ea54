package io.tokensync.common.serde;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptCheck;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionSummaryCheck;
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
    private static final SchemaRegistry REGISTRY = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

    /** A value of a topic: its schema, its reader, and the section of docs/topics.md that describes it. */
    private enum Value {
        TOKEN_RECORD("token-record", "Token record", TokenRecordSchema.document(), TokenRecordSerde::read),
        RECEIPT("receipt", "Receipt", KindsSchema.of(
                SchemaParts.document("receipt", "Receipt",
                        "What a stage did with records of one database in one session: the value of a record on"
                                + " sync.receipts. Readers ignore other fields. Versions are at most 2^53."),
                ReceiptSerde.Kinds.class.getAnnotation(JsonSubTypes.class), ReceiptSerde::write,
                TopicSchemasTest::readReceipt), TopicSchemasTest::readReceipt),
        SESSION_SUMMARY("session-summary", "Session summary", KindsSchema.of(
                SchemaParts.document("session-summary", "Session summary",
                        "What the monitor knows of a session, a database or an agent: the value of a record on"
                                + " sync.sessions. Readers ignore other fields."),
                SessionSummarySerde.Kinds.class.getAnnotation(JsonSubTypes.class), SessionSummarySerde::write,
                TopicSchemasTest::readSummary), TopicSchemasTest::readSummary);

        private final String file;
        private final String section;
        private final ObjectNode document;
        private final Schema schema;
        private final Probe.Reader reader;

        Value(String name, String section, ObjectNode document, Probe.Reader reader) {
            this.file = name + ".schema.json";
            this.section = section;
            this.document = document;
            this.schema = REGISTRY.getSchema(document);
            this.reader = reader;
        }

        boolean takes(byte[] json) {
            try {
                return errors(json).isEmpty();
            } catch (JacksonException _) {
                return false;
            }
        }

        List<Error> errors(byte[] json) {
            return schema.validate(new String(json, UTF_8), InputFormat.JSON,
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFileIsWhatTheCodeSays(Value value) {
        Golden.below(DOCS.resolve("schemas")).check(value.file,
                SchemaParts.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value.document));
    }

    @ParameterizedTest
    @EnumSource
    void itIsASchema(Value value) {
        Schema ofSchemas = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(ofSchemas.validate(value.document)).isEmpty();
    }

    @Test
    void aRecordIsTakenUnlessSomethingInItDoesNotFitTheTable() {
        Property.forAll(1_000, gen -> {
            byte[] json = TokenRecordSerde.write(Records.random(gen));
            assertThat(Value.TOKEN_RECORD.errors(json)).extracting(error -> error.getInstanceLocation().getName(0))
                    .hasSameElementsAs(unfit(json));
        });
    }

    @Test
    void aReceiptIsTakenWhenItFits() {
        assertTakenWhenRead(Value.RECEIPT, ReceiptSerde.Kinds.class,
                (type, gen) -> ReceiptSerde.write((Receipt) new RecordSamples(gen, true).of(type)));
    }

    @Test
    void aSessionSummaryIsTakenWhenItFits() {
        assertTakenWhenRead(Value.SESSION_SUMMARY, SessionSummarySerde.Kinds.class,
                (type, gen) -> SessionSummarySerde.write((SessionSummary) new RecordSamples(gen, true).of(type)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenIsRead(Value value) throws IOException {
        for (String example : examples(value.section)) {
            assertThat(JsonMutations.of(example)).allMatch(
                    json -> !value.takes(json.getBytes(UTF_8)) || value.reader.takes(json.getBytes(UTF_8)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theExamplesOfTheDocumentAreTaken(Value value) throws IOException {
        assertThat(examples(value.section)).hasSizeGreaterThan(1)
                .allSatisfy(json -> assertThat(value.errors(json.getBytes(UTF_8))).as(json).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "TOKEN_RECORD | operation | \"insert\"", "TOKEN_RECORD | operation | \"delete\"",
            "TOKEN_RECORD | token_id | \" \"", "TOKEN_RECORD | record_version | 0",
            "TOKEN_RECORD | record_version | \"1\"", "TOKEN_RECORD | record_version | 9223372036854775808",
            "TOKEN_RECORD | token_kind | \"coin\"", "TOKEN_RECORD | token_kind |",
            "TOKEN_RECORD | created_at | \"2026-02-30T00:00:00Z\"", "TOKEN_RECORD | updated_at | \"yesterday\"",
            "TOKEN_RECORD | validation_errors | [1]", "TOKEN_RECORD | ipfs_block | \"%%%\"",
            "TOKEN_RECORD | ipfs_fetched | \"true\"", "TOKEN_RECORD | ipfs_fetched | true",
            "TOKEN_RECORD | ipfs_error | \"not_found: nowhere\"", "TOKEN_RECORD | did | 7",
            "RECEIPT | kind | \"cycle_begun\"", "RECEIPT | kind |", "RECEIPT | versions | \"5+\"",
            "RECEIPT | versions | \"5,-3\"", "RECEIPT | versions | \"-5\"", "RECEIPT | versions | \"1+2+3\"",
            "RECEIPT | started_at | \"0000-01-01T00:00:00Z\"", "RECEIPT | scope | {}", "RECEIPT | scan |",
            "RECEIPT | problem | {\"kind\":\"\",\"path\":\"\",\"reason\":\"\"}",
            "SESSION_SUMMARY | session_id | \"5e55\"", "SESSION_SUMMARY | status | \"DONE\"",
            "SESSION_SUMMARY | revision | -1", "SESSION_SUMMARY | in_flight | {\"to_enricher\":9007199254740993}",
            "SESSION_SUMMARY | scan_span | {\"first\":\"2026-01-02T03:04:05Z\"}",
            "SESSION_SUMMARY | source_ip | \"10.0.0.1\\n\"", "SESSION_SUMMARY | problems | [null]"})
    void whatTheReadersRejectForItsShapeIsRejectedHereToo(Value value, String field, String wrong) throws IOException {
        ObjectNode json = (ObjectNode) SchemaParts.JSON.readTree(examples(value.section).getFirst());
        json.remove(field);
        if (wrong != null) {
            json.set(field, SchemaParts.JSON.readTree(wrong));
        }
        byte[] bytes = SchemaParts.JSON.writeValueAsBytes(json);
        assertThat(value.reader.takes(bytes)).as("read").isFalse();
        assertThat(value.errors(bytes)).isNotEmpty();
    }

    @Test
    void recordsOfEarlierReleasesAreTaken() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "records", "v1"))) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(
                    file -> assertThat(Value.TOKEN_RECORD.errors(Files.readAllBytes(file))).as(file.toString())
                            .isEmpty());
        }
    }

    /** How a kind is made by chance and written. */
    private interface Chance {
        byte[] written(Class<?> kind, Gen gen);
    }

    private static void assertTakenWhenRead(Value value, Class<?> kinds, Chance chance) {
        List<Class<?>> types = new ArrayList<>();
        Arrays.stream(kinds.getAnnotation(JsonSubTypes.class).value()).forEach(type -> types.add(type.value()));
        Property.forAll(1_000, gen -> {
            byte[] json = chance.written(gen.oneOf(types), gen);
            assertThat(value.errors(json).isEmpty()).as(() -> new String(json, UTF_8) + " " + value.errors(json))
                    .isEqualTo(value.reader.takes(json));
        });
    }

    /** The fields of a record that are too long for their column, or beyond the years 1 to 9999. */
    private static Set<String> unfit(byte[] json) {
        Set<String> unfit = new TreeSet<>();
        JsonNode properties = Value.TOKEN_RECORD.document.get("properties");
        for (Map.Entry<String, JsonNode> field : SchemaParts.JSON.readTree(json).properties()) {
            JsonNode schema = properties.get(field.getKey());
            String text = field.getValue().asString("");
            boolean far = schema.has("format") && !text.matches("(?!0000)\\d{4}-.*");
            if (far || text.codePointCount(0, text.length()) > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
                unfit.add(field.getKey());
            }
        }
        return unfit;
    }

    private static void readReceipt(byte[] json) throws UnreadableRecordException {
        rejectFor(ReceiptCheck.problem(ReceiptSerde.read(json)));
    }

    private static void readSummary(byte[] json) throws UnreadableRecordException {
        rejectFor(SessionSummaryCheck.problem(SessionSummarySerde.read(json)));
    }

    private static void rejectFor(Optional<String> problem) throws UnreadableRecordException {
        if (problem.isPresent()) {
            throw new UnreadableRecordException(problem.get());
        }
    }

    /** The examples of a section of docs/topics.md. */
    private static List<String> examples(String section) throws IOException {
        String text = Files.readString(DOCS.resolve("topics.md"), StandardCharsets.UTF_8);
        Matcher example = EXAMPLE.matcher(Arrays.stream(text.split("(?m)^## ", -1))
                .filter(it -> it.startsWith(section + "\n")).findFirst().orElseThrow());
        return example.results().map(it -> it.group(1)).toList();
    }
}
