package io.tokensync.common.failure;

/** Decides the kind of a failure at one boundary (Kafka, SQL, SQLite, IPFS). */
@FunctionalInterface
public interface FailureClassifier {
    /** The kind of this failure, its causes and chained exceptions considered. */
    FailureKind classify(Throwable failure);
}
