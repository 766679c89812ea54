package io.tokensync.simulator.postgres;

import java.util.Arrays;
import java.util.Optional;

import io.tokensync.simulator.truth.TruthNode;

/** The schemas that nodes of v1 have made; the truth names them so. */
public enum V1Schema {
    /** Of the release: statuses have numbers alone. */
    V1,
    /** Of a development state: {@code token_status} names the statuses, and numbers them otherwise. */
    V1_NAMED_STATUS,
    /** Of an earlier one: statuses are numbered from 1; data and memo, and no latest position and role. */
    V1_MEMO,
    /** With nothing but what a token needs: neither transactions and state hashes nor times. */
    V1_SPARSE;

    /** Statuses that {@link #V1_NAMED_STATUS} numbers first; the others follow in their order. */
    private static final V1Status[] NAMED_FIRST = {V1Status.FREE, V1Status.LOCKED, V1Status.BURNT, V1Status.COMMITTED};

    /** Whether a node of the truth is one of v1. */
    public static boolean isSchemaOf(TruthNode node) {
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
            case V1_MEMO -> status.ordinal() + 1;
            case V1_NAMED_STATUS -> namedCode(status);
        };
    }

    /** The status with this number; empty when there is none. */
    public Optional<V1Status> status(String code) {
        return Arrays.stream(V1Status.values()).filter(status -> Integer.toString(code(status)).equals(code)).findFirst();
    }

    private static int namedCode(V1Status status) {
        int first = Arrays.asList(NAMED_FIRST).indexOf(status);
        if (first >= 0) {
            return first;
        }
        int before = (int) Arrays.stream(NAMED_FIRST).filter(named -> named.compareTo(status) < 0).count();
        return NAMED_FIRST.length + status.ordinal() - before;
    }
}
