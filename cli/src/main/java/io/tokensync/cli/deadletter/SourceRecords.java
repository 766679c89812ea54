package io.tokensync.cli.deadletter;

import java.util.HashMap;
import java.util.Map;

/** The records that letters are about, each with how many letters it has. */
final class SourceRecords {
    private final Map<Long, Integer> letters = new HashMap<>();
    private long all;

    /** Counts a letter; returns how many its record has now. */
    int add(StoredDeadLetter letter) {
        all++;
        return letters.merge(letter.originId(), 1, Integer::sum);
    }

    /** How many letters a record has. */
    int count(long originId) {
        return letters.getOrDefault(originId, 0);
    }

    /** Records. */
    long size() {
        return letters.size();
    }

    /** Letters beyond the first of each record. */
    long doubles() {
        return all - letters.size();
    }
}
