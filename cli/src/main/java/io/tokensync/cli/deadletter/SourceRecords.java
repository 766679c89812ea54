package io.tokensync.cli.deadletter;

import java.util.HashMap;
import java.util.Map;

import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/** The records that dead letters are about, each with how many dead letters it has. */
final class SourceRecords {
    private final Map<Long, Integer> deadLetters = new HashMap<>();
    private long all;

    /** Counts a dead letter; returns how many its record has now. */
    int add(StoredDeadLetter deadLetter) {
        all++;
        return deadLetters.merge(deadLetter.originId(), 1, Integer::sum);
    }

    /** How many dead letters a record has. */
    int count(long originId) {
        return deadLetters.getOrDefault(originId, 0);
    }

    /** Records. */
    long size() {
        return deadLetters.size();
    }

    /** Letters beyond the first of each record. */
    long doubles() {
        return all - deadLetters.size();
    }
}
