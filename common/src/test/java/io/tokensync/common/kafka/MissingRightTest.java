package io.tokensync.common.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.failure.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;

/** Which right is said to be missing. */
class MissingRightTest {
    private static final Set<String> READ = Set.of("a", "b", "c");

    static Stream<Arguments> failures() {
        RuntimeException topic = new TopicAuthorizationException(Set.of("b", "a"));
        RuntimeException group = GroupAuthorizationException.forGroupId("g");
        RuntimeException transaction = new TransactionalIdAuthorizationException("no");
        RuntimeException offsets = new KafkaException(
                "Unexpected error in TxnOffsetCommitResponse: Topic authorization failed.");
        return Stream.of(Arguments.of(MissingRight.ofConsumer(topic), "READ topic a, b"),
                Arguments.of(MissingRight.ofConsumer(group), "READ group g"),
                Arguments.of(MissingRight.ofProducer(topic, Set.of(), ""), "WRITE topic a, b"),
                Arguments.of(MissingRight.ofProducer(topic, READ, "t-*"), "WRITE topic a, b"),
                Arguments.of(MissingRight.ofProducer(group, READ, "t-*"), "READ group g"),
                Arguments.of(MissingRight.ofProducer(transaction, READ, "t-*"), "WRITE transactional id t-*"),
                Arguments.of(MissingRight.ofProducer(new KafkaException("in an error state", transaction), READ, "t-*"),
                        "WRITE transactional id t-*"),
                Arguments.of(MissingRight.ofProducer(offsets, READ, "t-*"), "READ topic a or b or c"),
                Arguments.of(MissingRight.ofStreams(new KafkaException("x", topic), "a", "m"), "WRITE topic a, b"),
                Arguments.of(MissingRight.ofStreams(new TopicAuthorizationException(Set.of("a")), "a", "m"),
                        "READ topic a"),
                Arguments.of(MissingRight.ofStreams(new TopicAuthorizationException(Set.of("m-x-changelog")), "a", "m"),
                        "READ or WRITE topic m-*"),
                Arguments.of(MissingRight.ofStreams(new KafkaException("could not create",
                        new TopicAuthorizationException("Authorization failed.")), "a", "m"), "CREATE topic m-*"),
                Arguments.of(MissingRight.ofStreams(new KafkaException("x", offsets), "a", "m"), "READ topic a"),
                Arguments.of(MissingRight.ofAdmin(new TopicAuthorizationException("no"), "t", "g"), "DESCRIBE topic t"),
                Arguments.of(MissingRight.ofAdmin(new GroupAuthorizationException("no"), "t", "g"),
                        "DESCRIBE group g"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theOperationAndWhatItIsForAreNamed(Throwable said, String right) {
        assertThat(said).hasMessage("this user may not " + right
                + "; for the rights of each stage see: tokensync topics grants")
                .hasCauseInstanceOf(KafkaException.class);
        assertThat(new KafkaFailureClassifier().classify(said)).isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void otherFailuresStayAsTheyAre() {
        RuntimeException other = new TimeoutException("slow");
        assertThat(List.of(MissingRight.ofConsumer(other), MissingRight.ofProducer(other, READ, "t"),
                MissingRight.ofStreams(other, "a", "m"))).allMatch(other::equals);
    }
}
