package io.tokensync.simulator.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.tokensync.simulator.truth.Truth;

/** The schemas that nodes of v1 have made; the truth names them so. */
public enum V1Schema {
    /** Of the release: statuses have numbers alone. */
    V1,
    /** Of a development state: {@code token_status} names the statuses, and numbers them otherwise. */
    V1_NAMED_STATUS,
    /** Of an earlier one: statuses are numbered from 1; data and memo, no latest position and role, and no constraint on
     * transactions, which have the form of that state. */
    V1_MEMO,
    /** With nothing but what a token needs: neither transactions and state hashes nor times. */
    V1_SPARSE;

    private static final List<V1Status> RELEASED = List.of(V1Status.values());
    /** In the order in which {@link #V1_NAMED_STATUS} numbers them. */
    private static final List<V1Status> NAMED = first(V1Status.FREE, V1Status.LOCKED, V1Status.BURNT,
            V1Status.COMMITTED);

    /** Whether a node of the truth is one of v1. */
    public static boolean isSchemaOf(Truth.Node node) {
        return Arrays.stream(values()).anyMatch(schema -> schema.name().equals(node.schema()));
    }

    /** Whether {@code token_status} names the statuses. */
    public boolean hasStatusNames() {
        return this == V1_NAMED_STATUS || this == V1_MEMO;
    }

    /** Whether tokens have {@code latest_position} and {@code latest_role}. */
    boolean hasLatest() {
        return this == V1 || this == V1_NAMED_STATUS;
    }

    /** Whether tokens have {@code transaction_id} and {@code token_state_hash}. */
    public boolean hasTransactions() {
        return this != V1_SPARSE;
    }

    /** Whether the transaction that a token names must be in the table. */
    boolean hasTransactionConstraint() {
        return this == V1 || this == V1_NAMED_STATUS;
    }

    /** Whether transactions say what they say in the form of an earlier state. */
    boolean writesEarlierInfo() {
        return this == V1_MEMO;
    }

    /** Whether tokens have {@code created_at} and {@code updated_at}. */
    public boolean hasTimes() {
        return this != V1_SPARSE;
    }

    /** Whether the chain of a token counts its transactions. */
    boolean hasChainPositions() {
        return this != V1;
    }

    /** The number of a status. */
    public int code(V1Status status) {
        return switch (this) {
            case V1, V1_SPARSE -> status.code();
            case V1_MEMO -> 1 + RELEASED.indexOf(status);
            case V1_NAMED_STATUS -> NAMED.indexOf(status);
        };
    }

    /** The status with this number; empty when there is none. */
    public Optional<V1Status> status(String code) {
        return RELEASED.stream().filter(status -> Integer.toString(code(status)).equals(code)).findFirst();
    }

    private static List<V1Status> first(V1Status... first) {
        return Stream.concat(Arrays.stream(first), RELEASED.stream()).distinct().toList();
    }
}
