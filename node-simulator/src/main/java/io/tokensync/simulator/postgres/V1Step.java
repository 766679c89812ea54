package io.tokensync.simulator.postgres;

import io.tokensync.simulator.chain.V1Transaction;

/** What a transaction did with one token: a row of {@code tokenchain}. */
public record V1Step(V1Transaction transaction, V1Role role) {}
