package io.tokensync.cli.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/**
 * How many dead letters there are of a stage and a reason.
 *
 * @param stage null for records that are no dead letters
 * @param reason null likewise
 */
record ReasonCount(String stage, String reason, long deadLetters) {
    /** What they are, for people. */
    String what() {
        return stage == null ? "records that are no dead letters" : stage + " " + reason;
    }

    /** Counts dead letters as they come. */
    static final class Counter {
        private final TreeMap<String, ReasonCount> counts = new TreeMap<>();

        void add(StoredDeadLetter deadLetter) {
            add(new ReasonCount(deadLetter.content().stage(), deadLetter.content().reason(), 1));
        }

        void addNoDeadLetter() {
            add(new ReasonCount(null, null, 1));
        }

        private void add(ReasonCount one) {
            counts.merge(one.what(), one, (a, b) -> new ReasonCount(a.stage, a.reason, a.deadLetters + b.deadLetters));
        }

        List<ReasonCount> all() {
            return new ArrayList<>(counts.values());
        }
    }
}
