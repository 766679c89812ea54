package io.tokensync.common.kafka;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.loop.UnknownOutcomeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class KafkaFailureClassifierTest {
    private final KafkaFailureClassifier classifier = new KafkaFailureClassifier();

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of(new TimeoutException(), FailureKind.TRANSIENT),
                Arguments.of(DisconnectException.INSTANCE, FailureKind.TRANSIENT),
                Arguments.of(new NotEnoughReplicasException("one left"), FailureKind.TRANSIENT),
                Arguments.of(new ProducerFencedException("newer"), FailureKind.TRANSIENT),
                Arguments.of(new OutOfOrderSequenceException("gap"), FailureKind.TRANSIENT),
                Arguments.of(new CommitFailedException(), FailureKind.CONFLICT),
                Arguments.of(new SaslAuthenticationException("no"), FailureKind.ENVIRONMENT),
                Arguments.of(new TopicAuthorizationException("no"), FailureKind.ENVIRONMENT),
                Arguments.of(new UnknownTopicOrPartitionException("none"), FailureKind.ENVIRONMENT),
                Arguments.of(new ConfigException("no such host"), FailureKind.ENVIRONMENT),
                Arguments.of(new InvalidTimestampException("a clock two hours ahead"), FailureKind.ENVIRONMENT),
                Arguments.of(new RecordTooLargeException("two megabytes"), FailureKind.POISON),
                Arguments.of(new InvalidRecordException("no key"), FailureKind.POISON),
                Arguments.of(new FencedInstanceIdException("this process, before or after"), FailureKind.TRANSIENT),
                Arguments.of(new UnreleasedInstanceIdException("until its session ends"), FailureKind.TRANSIENT),
                Arguments.of(new UnknownServerException("overloaded"), FailureKind.TRANSIENT),
                Arguments.of(new KafkaException("Unhandled error in EndTxnResponse"), FailureKind.TRANSIENT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsKnownByItsType(Exception failure, FailureKind kind) {
        assertThat(classifier.classify(failure)).isEqualTo(kind);
        assertThat(classifier.classify(new KafkaException("wrapped", failure))).isEqualTo(kind);
    }

    @Test
    void anUnknownOutcomeIsNotTriedAgainForItsReason() {
        assertThat(classifier.classify(new UnknownOutcomeException(new TimeoutException())))
                .isEqualTo(FailureKind.FATAL);
    }

    @Test
    void whatTheBrokersMayAnswerIsNeverTheEndAndSeldomTheFaultOfARecord() {
        Set<Errors> records = EnumSet.noneOf(Errors.class);
        for (Errors error : Errors.values()) {
            if (error != Errors.NONE) {
                FailureKind kind = classifier.classify(error.exception());
                assertThat(kind).as(error.name()).isNotEqualTo(FailureKind.FATAL);
                if (isHeldAgainstRecords(kind)) {
                    records.add(error);
                }
            }
        }
        assertThat(records).containsExactlyInAnyOrder(Errors.MESSAGE_TOO_LARGE, Errors.RECORD_LIST_TOO_LARGE,
                Errors.INVALID_RECORD);
    }

    @Test
    void whatTheClientsMayThrowIsNeverTheEndAndSeldomTheFaultOfARecord() throws Exception {
        Set<String> records = new HashSet<>();
        List<Class<? extends Throwable>> types = KafkaThrowables.all();
        assertThat(types).hasSizeGreaterThan(150);
        for (Class<? extends Throwable> type : types) {
            FailureKind kind = classifier.classify(KafkaThrowables.without(type));
            assertThat(kind).as(type.getName()).isNotEqualTo(FailureKind.FATAL);
            if (isHeldAgainstRecords(kind)) {
                records.add(type.getSimpleName());
            }
        }
        assertThat(records).as("the last two are of share groups, which nobody here uses").containsExactlyInAnyOrder(
                "RecordTooLargeException", "RecordBatchTooLargeException", "InvalidRecordException",
                "SerializationException", "RecordDeserializationException", "ShareFetchException",
                "ShareInFlightBatchException");
    }

    @Test
    void aClientThatIsMisusedIsReplacedAndAMistakeOfOursIsNot() {
        MockProducer<byte[], byte[]> producer = new MockProducer<>();
        producer.close();
        assertThat(classifier.classify(catchThrowable(producer::beginTransaction)))
                .isEqualTo(FailureKind.TRANSIENT);
        assertThat(classifier.classify(new KafkaException("User rebalance callback throws an error",
                new IllegalStateException("a mistake")))).isEqualTo(FailureKind.FATAL);
        assertThat(classifier.classify(new IllegalStateException("a mistake"))).isEqualTo(FailureKind.FATAL);
    }

    private static boolean isHeldAgainstRecords(FailureKind kind) {
        return kind == FailureKind.POISON || kind == FailureKind.OVERSIZED;
    }
}
