package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.VerificationCheck;

/** A {@link NodeDigest} as a record of {@code sync.digests}, a {@link NodeVerdict} as one of {@code sync.repairs}, and back. */
public final class VerificationSerde {
    /** The version of the JSON's shape; see {@link TokenRecordSerde#SCHEMA_VERSION_HEADER}. */
    public static final int SCHEMA_VERSION = 1;

    private static final JsonMapper JSON = RecordJson.builder().enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new SimpleModule().addSerializer(new SumsSerializer())
                    .addDeserializer(BucketSums.class, new SumsDeserializer()))
            .build();

    private VerificationSerde() {}

    /** The record for the topic of this name; the latest of a node replaces those before it. */
    public static ProducerRecord<byte[], byte[]> toRecord(String topic, NodeDigest digest) {
        return record(topic, TokenKey.nodeKey(digest.sourceIp(), digest.nodeName()), write(digest));
    }

    /** The record for the topic of this name; the key is the machine. */
    public static ProducerRecord<byte[], byte[]> toRecord(String topic, NodeVerdict verdict) {
        return record(topic, key(verdict.sourceIp()), write(verdict));
    }

    /** The key of the verdicts for a machine. */
    public static byte[] key(String sourceIp) {
        return sourceIp.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] write(NodeDigest digest) {
        return JSON.writeValueAsBytes(digest);
    }

    public static byte[] write(NodeVerdict verdict) {
        return JSON.writeValueAsBytes(verdict);
    }

    /**
     * The digest in these bytes; unknown fields are ignored.
     *
     * @throws UnreadableRecordException whatever is wrong with them
     */
    public static NodeDigest readDigest(byte[] json) throws UnreadableRecordException {
        NodeDigest digest = read(json, NodeDigest.class);
        require(VerificationCheck.problem(digest));
        return digest;
    }

    /**
     * The verdict in these bytes; unknown fields are ignored.
     *
     * @throws UnreadableRecordException whatever is wrong with them
     */
    public static NodeVerdict readVerdict(byte[] json) throws UnreadableRecordException {
        NodeVerdict verdict = read(json, NodeVerdict.class);
        require(VerificationCheck.problem(verdict));
        return verdict;
    }

    private static <T> T read(byte[] json, Class<T> type) throws UnreadableRecordException {
        T value;
        try {
            value = json == null ? null : JSON.readValue(json, type);
        } catch (JacksonException e) {
            throw new UnreadableRecordException("no " + type.getSimpleName() + ": " + e.getClass().getSimpleName());
        }
        if (value == null) {
            throw new UnreadableRecordException("no " + type.getSimpleName() + ": null");
        }
        return value;
    }

    private static void require(Optional<String> problem) throws UnreadableRecordException {
        if (problem.isPresent()) {
            throw new UnreadableRecordException(problem.get());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER,
                Integer.toString(SCHEMA_VERSION).getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    /** Sums as {@link BucketSums#bytes} in Base64. */
    private static final class SumsSerializer extends StdSerializer<BucketSums> {
        SumsSerializer() {
            super(BucketSums.class);
        }

        @Override
        public void serialize(BucketSums sums, JsonGenerator to, SerializationContext context) {
            to.writeBinary(sums.bytes());
        }
    }

    private static final class SumsDeserializer extends StdDeserializer<BucketSums> {
        SumsDeserializer() {
            super(BucketSums.class);
        }

        @Override
        public BucketSums deserialize(JsonParser from, DeserializationContext context) {
            try {
                return BucketSums.of(from.getBinaryValue());
            } catch (IllegalArgumentException e) {
                return (BucketSums) context.handleWeirdNativeValue(context.constructType(BucketSums.class),
                        e.getMessage(), from);
            }
        }
    }
}
