package io.tokensync.common.kafka;

import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.failure.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;

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
                Arguments.of(new KafkaException("unheard of"), FailureKind.FATAL),
                Arguments.of(new IllegalStateException("a mistake"), FailureKind.FATAL));
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
}
