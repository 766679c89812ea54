package io.tokensync.common.kafka;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;

/**
 * The kind of a failure that Kafka's clients report, by type. A fenced or confused producer is transient, because the
 * next attempt gets a new one; a request that came too late for a rebalance is a conflict.
 */
public final class KafkaFailureClassifier implements FailureClassifier {
    private static final int DEEPEST_CAUSE = 20;
    /** In order: special kinds come before the general types they belong to. */
    private static final Map<Class<? extends Throwable>, FailureKind> KINDS = kinds();

    @Override
    public FailureKind classify(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            for (Map.Entry<Class<? extends Throwable>, FailureKind> entry : KINDS.entrySet()) {
                if (entry.getKey().isInstance(cause)) {
                    return entry.getValue();
                }
            }
            cause = cause.getCause();
        }
        return FailureKind.FATAL;
    }

    private static Map<Class<? extends Throwable>, FailureKind> kinds() {
        Map<Class<? extends Throwable>, FailureKind> kinds = new LinkedHashMap<>();
        put(kinds, FailureKind.CONFLICT, CommitFailedException.class, RebalanceInProgressException.class,
                IllegalGenerationException.class, UnknownMemberIdException.class);
        put(kinds, FailureKind.ENVIRONMENT, AuthenticationException.class, AuthorizationException.class,
                UnknownTopicOrPartitionException.class, InvalidTopicException.class,
                InvalidReplicationFactorException.class, FencedInstanceIdException.class, ConfigException.class,
                UnsupportedVersionException.class, UnsupportedForMessageFormatException.class,
                InvalidTimestampException.class);
        put(kinds, FailureKind.THROTTLED, ThrottlingQuotaExceededException.class);
        put(kinds, FailureKind.POISON, RecordTooLargeException.class, RecordBatchTooLargeException.class);
        put(kinds, FailureKind.TRANSIENT, ProducerFencedException.class, InvalidProducerEpochException.class,
                OutOfOrderSequenceException.class, UnknownProducerIdException.class, InvalidPidMappingException.class,
                InvalidTxnStateException.class, TransactionAbortedException.class, TransactionAbortableException.class,
                TransactionCoordinatorFencedException.class, RetriableException.class, TimeoutException.class);
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
