package io.tokensync.common.kafka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DelegationTokenDisabledException;
import org.apache.kafka.common.errors.DelegationTokenExpiredException;
import org.apache.kafka.common.errors.DelegationTokenNotFoundException;
import org.apache.kafka.common.errors.DelegationTokenOwnerMismatchException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.MismatchedEndpointTypeException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.apache.kafka.common.errors.UnsupportedByAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedEndpointTypeException;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;

/**
 * The kind of a failure that Kafka's clients report. Only what is known to be a record's fault is held against records, and
 * only what is known to be the configuration's fault is called that; whatever else comes out of Kafka's clients passes by
 * itself, because the next attempt has a new client or another broker. Fatal is our own mistake alone.
 */
public final class KafkaFailureClassifier implements FailureClassifier {
    private static final int DEEPEST_CAUSE = 20;
    private static final String KAFKA = "org.apache.kafka.";
    private static final String OURS = "io.tokensync.";
    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.");
    /** In order: special kinds come before the general types they belong to. */
    private static final Map<Class<? extends Throwable>, FailureKind> KNOWN = known();

    @Override
    public FailureKind classify(Throwable failure) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            for (Map.Entry<Class<? extends Throwable>, FailureKind> known : KNOWN.entrySet()) {
                if (known.getKey().isInstance(cause)) {
                    return known.getValue();
                }
            }
        }
        return causes.stream().anyMatch(KafkaFailureClassifier::isKafkas) && !isOurs(causes.getLast())
                ? FailureKind.TRANSIENT
                : FailureKind.FATAL;
    }

    /** A type of Kafka's, or of the platform's and thrown by Kafka's code: a producer that is closed, a consumer used twice. */
    private static boolean isKafkas(Throwable cause) {
        return cause.getClass().getName().startsWith(KAFKA) || thrower(cause).startsWith(KAFKA);
    }

    /** What our code has thrown to one of Kafka's callbacks is ours, whatever Kafka wraps it in. */
    private static boolean isOurs(Throwable root) {
        return !root.getClass().getName().startsWith(KAFKA) && thrower(root).startsWith(OURS);
    }

    /** The class whose method has thrown it; nothing when that is not known. */
    private static String thrower(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (PLATFORM.stream().noneMatch(frame.getClassName()::startsWith)) {
                return frame.getClassName();
            }
        }
        return "";
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static Map<Class<? extends Throwable>, FailureKind> known() {
        Map<Class<? extends Throwable>, FailureKind> kinds = new LinkedHashMap<>();
        put(kinds, FailureKind.CONFLICT, CommitFailedException.class, RebalanceInProgressException.class,
                IllegalGenerationException.class, UnknownMemberIdException.class);
        put(kinds, FailureKind.POISON, RecordTooLargeException.class, RecordBatchTooLargeException.class,
                InvalidRecordException.class, SerializationException.class);
        // Of rights, names, versions and settings; the first is a family, of which some are not called after it.
        put(kinds, FailureKind.ENVIRONMENT, InvalidConfigurationException.class, ConfigException.class,
                UnknownTopicOrPartitionException.class, GroupMaxSizeReachedException.class,
                InconsistentGroupProtocolException.class, InvalidGroupIdException.class,
                InvalidSessionTimeoutException.class, InvalidTxnTimeoutException.class,
                InvalidTimestampException.class, PolicyViolationException.class, SecurityDisabledException.class,
                DelegationTokenDisabledException.class, DelegationTokenExpiredException.class,
                DelegationTokenNotFoundException.class, DelegationTokenOwnerMismatchException.class,
                UnacceptableCredentialException.class, UnsupportedAssignorException.class,
                UnsupportedByAuthenticationException.class, UnsupportedCompressionTypeException.class,
                UnsupportedEndpointTypeException.class, MismatchedEndpointTypeException.class);
        put(kinds, FailureKind.THROTTLED, ThrottlingQuotaExceededException.class);
        // The other member of this instance id may be this process as it was before, which ends with its session.
        put(kinds, FailureKind.TRANSIENT, RetriableException.class, TimeoutException.class,
                FencedInstanceIdException.class, UnreleasedInstanceIdException.class);
        return Collections.unmodifiableMap(kinds);
    }

    @SafeVarargs
    private static void put(Map<Class<? extends Throwable>, FailureKind> kinds, FailureKind kind,
            Class<? extends Throwable>... types) {
        for (Class<? extends Throwable> type : types) {
            kinds.put(type, kind);
        }
    }
}
