package io.tokensync.common.serde;

import java.util.HashMap;
import java.util.Map;

import io.tokensync.common.model.Provenance;

/**
 * What fields said last that say the same record after record: machine, node, session, paths, owner. The records of a batch share
 * these texts, so that a batch takes less memory and its keys are compared faster. Not for several threads.
 */
final class RecentTexts {
    /** A longer one is kept for no other record's sake. */
    private static final int LONGEST = 512;

    private final Map<String, String> byField = new HashMap<>();
    private Provenance provenance;

    /** This text, or an equal one that the field had last; null for null. */
    String of(String field, String text) {
        String last = byField.get(field);
        if (text == null || text.length() > LONGEST) {
            return text;
        }
        if (text.equals(last)) {
            return last;
        }
        byField.put(field, text);
        return text;
    }

    /** This provenance, or the equal one of the last record. */
    Provenance of(Provenance of) {
        if (!of.equals(provenance)) {
            provenance = of;
        }
        return provenance;
    }
}
