package io.tokensync.cli.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How many letters there are of a stage and a reason.
 *
 * @param stage null for records that are no letters
 * @param reason null likewise
 */
record ReasonCount(String stage, String reason, long letters) {
    /** What they are, for people. */
    String what() {
        return stage == null ? "records that are no letters" : stage + " " + reason;
    }

    /** Counts letters as they come. */
    static final class Counter {
        private final TreeMap<String, ReasonCount> counts = new TreeMap<>();

        void add(StoredDeadLetter letter) {
            add(new ReasonCount(letter.content().stage(), letter.content().reason(), 1));
        }

        void addNoLetter() {
            add(new ReasonCount(null, null, 1));
        }

        private void add(ReasonCount one) {
            counts.merge(one.what(), one, (a, b) -> new ReasonCount(a.stage, a.reason, a.letters + b.letters));
        }

        List<ReasonCount> all() {
            return new ArrayList<>(counts.values());
        }
    }
}
