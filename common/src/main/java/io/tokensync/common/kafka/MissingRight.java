package io.tokensync.common.kafka;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * Says which right a user lacks. Kafka's own exceptions name a topic or a group, but not what may not be done with it, and no
 * transactional id at all.
 */
public final class MissingRight {
    private static final String WHERE_FROM = "; for the rights of each stage see: tokensync topics grants";
    /** The client knows no exception for offsets of a topic that may not be read, and names none of them. */
    private static final String OFFSETS_REJECTED = "TxnOffsetCommitResponse: Topic authorization failed.";
    private static final int DEEPEST_CAUSE = 20;

    private MissingRight() {}

    /** What a consumer has thrown, with the right to read in it when that is what was missing; otherwise as it is. */
    public static RuntimeException ofConsumer(RuntimeException failure) {
        return authorization(failure) instanceof TopicAuthorizationException e
                ? topics(e, "READ")
                : others(failure, "");
    }

    /**
     * What a producer has thrown, with the right to write in it when that is what was missing; otherwise as it is.
     *
     * @param read topics whose offsets it commits, which takes the right to read them
     * @param transactionalId its own; empty without transactions
     */
    public static RuntimeException ofProducer(RuntimeException failure, Collection<String> read,
            String transactionalId) {
        if (authorization(failure) instanceof TopicAuthorizationException e) {
            return topics(e, "WRITE"); // also of a topic that it reads: that of offsets is no such exception
        }
        return areOffsetsRejected(failure) ? offsets(failure, read) : others(failure, transactionalId);
    }

    /** That a user may not look at something, which is all that the exception says. */
    public static RuntimeException ofAdmin(AuthorizationException failure, String topic, String group) {
        return switch (failure) {
            case TopicAuthorizationException e -> because(e, new TopicAuthorizationException(
                    sentence("DESCRIBE topic", topic), Set.of(topic)));
            case GroupAuthorizationException e -> because(e, new GroupAuthorizationException(
                    sentence("DESCRIBE group", group), group));
            default -> failure;
        };
    }

    /**
     * What Kafka Streams has thrown.
     *
     * @param read the topic that it reads
     * @param group its application id, with which the names of the topics begin that it makes, and its transactional ids
     */
    public static Throwable ofStreams(Throwable failure, String read, String group) {
        String own = StageGroups.transactions(group);
        return switch (authorization(failure)) {
            case TopicAuthorizationException e when e.unauthorizedTopics().isEmpty() ->
                because(e, new TopicAuthorizationException(
                        sentence("CREATE topic", own + "*"), Set.of()));
            case TopicAuthorizationException e when e.unauthorizedTopics().stream().allMatch(t -> t.startsWith(own)) ->
                because(e, new TopicAuthorizationException(sentence("READ or WRITE topic", own + "*"),
                        e.unauthorizedTopics()));
            case TopicAuthorizationException e when e.unauthorizedTopics().equals(Set.of(read)) -> topics(e, "READ");
            case AuthorizationException e -> ofProducer(e, Set.of(read), own + "*");
            case null -> areOffsetsRejected(failure) ? offsets(failure, Set.of(read)) : failure;
        };
    }

    private static RuntimeException offsets(Throwable cause, Collection<String> read) {
        return because(cause, new TopicAuthorizationException(
                sentence("READ topic", String.join(" or ", new TreeSet<>(read))), Set.copyOf(read)));
    }

    private static boolean areOffsetsRejected(Throwable failure) {
        return causes(failure).anyMatch(cause -> String.valueOf(cause.getMessage()).endsWith(OFFSETS_REJECTED));
    }

    private static RuntimeException others(RuntimeException failure, String transactionalId) {
        return switch (authorization(failure)) {
            case GroupAuthorizationException e -> because(e, new GroupAuthorizationException(
                    sentence("READ group", e.groupId()), e.groupId()));
            case TransactionalIdAuthorizationException e -> because(e, new TransactionalIdAuthorizationException(
                    sentence("WRITE transactional id", transactionalId)));
            case null, default -> failure;
        };
    }

    private static RuntimeException topics(TopicAuthorizationException cause, String operation) {
        Set<String> topics = new TreeSet<>(cause.unauthorizedTopics());
        return because(cause, new TopicAuthorizationException(
                sentence(operation + " topic", String.join(", ", topics)), topics));
    }

    private static String sentence(String action, String name) {
        return "this user may not " + action + " " + name + WHERE_FROM;
    }

    /** The exceptions of Kafka's errors have no stack of their own; the one that is there is the cause's. */
    private static RuntimeException because(Throwable cause, RuntimeException said) {
        said.initCause(cause);
        return said;
    }

    private static AuthorizationException authorization(Throwable failure) {
        return causes(failure).filter(AuthorizationException.class::isInstance).map(AuthorizationException.class::cast)
                .findFirst().orElse(null);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
    }
}
