package io.tokensync.common.serde;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.receipt.ReceiptCheck;
import io.tokensync.common.session.SessionSummaryCheck;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The JSON Schema of a kind of value.
 *
 * @param name of the file without its ending
 * @param section of docs/topics.md that describes the values
 * @param document what the code says
 * @param schema the same as a validator takes it
 * @param reader who reads and checks such values
 */
record TopicSchema(String name, String section, ObjectNode document, Schema schema, Probe.Reader reader) {
    static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static final TopicSchema TOKEN_RECORD = of("Token record", TokenRecordSchema.document(), TokenRecordSerde::read);
    static final TopicSchema RECEIPT = of("Receipt", KindsSchema.of(
            SchemaParts.document("receipt", "Receipt",
                    "What a stage did with records of one database in one session: the value of a record on"
                            + " sync.receipts. Readers ignore other fields. Versions are at most 2^53."),
            ReceiptSerde.Kinds.class.getAnnotation(JsonSubTypes.class), ReceiptSerde::write, TopicSchema::readReceipt),
            TopicSchema::readReceipt);
    static final TopicSchema SESSION_SUMMARY = of("Session summary", KindsSchema.of(
            SchemaParts.document("session-summary", "Session summary",
                    "What the monitor knows of a session, a database or an agent: the value of a record on"
                            + " sync.sessions. Readers ignore other fields."),
            SessionSummarySerde.Kinds.class.getAnnotation(JsonSubTypes.class), SessionSummarySerde::write,
            TopicSchema::readSummary), TopicSchema::readSummary);
    static final TopicSchema NODE_DIGEST = of("Node digest", VerificationSchema.digest(),
            VerificationSerde::readDigest);
    static final TopicSchema NODE_VERDICT = of("Node verdict", VerificationSchema.verdict(),
            TopicSchema::readVerdict);
    static final List<TopicSchema> ALL = List.of(TOKEN_RECORD, RECEIPT, SESSION_SUMMARY, NODE_DIGEST, NODE_VERDICT);

    private static TopicSchema of(String title, ObjectNode document, Probe.Reader reader) {
        return new TopicSchema(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, document,
                REGISTRY.getSchema(document), reader);
    }

    /** The one of this name. */
    static TopicSchema named(String name) {
        return ALL.stream().filter(schema -> schema.name.equals(name)).findFirst().orElseThrow();
    }

    /** Where it stands. */
    String file() {
        return name + ".schema.json";
    }

    /** Whether this is JSON and fits. */
    boolean takes(byte[] json) {
        try {
            return errors(json).isEmpty();
        } catch (JacksonException _) {
            return false;
        }
    }

    /** What does not fit. */
    List<Error> errors(byte[] json) {
        return schema.validate(new String(json, UTF_8), InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    @Override
    public String toString() {
        return name;
    }

    private static void readReceipt(byte[] json) throws UnreadableRecordException {
        rejectFor(ReceiptCheck.problem(ReceiptSerde.read(json)));
    }

    private static void readSummary(byte[] json) throws UnreadableRecordException {
        rejectFor(SessionSummaryCheck.problem(SessionSummarySerde.read(json)));
    }

    /** But for what one field says of another, which a schema cannot. */
    private static void readVerdict(byte[] json) throws UnreadableRecordException {
        try {
            var _ = VerificationSerde.readVerdict(json);
        } catch (UnreadableRecordException e) {
            if (!"part is none of its parts".equals(e.getMessage())
                    && !"differing has a bucket that is none".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    private static void rejectFor(Optional<String> problem) throws UnreadableRecordException {
        if (problem.isPresent()) {
            throw new UnreadableRecordException(problem.get());
        }
    }
}
