package io.tokensync.monitor.audit;

import java.util.Objects;

/**
 * A kind whose question was not answered: whether there is something of it nobody knows.
 *
 * @param kind of what
 * @param reason why, and what to do; a sentence without secrets
 */
public record Unanswered(FindingKind kind, String reason) implements KindAnswer {
    public Unanswered {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** For people: which kind, why, and what to do. */
    public String text() {
        return "no answer to \"" + kind.title() + "\" (" + kind.code() + "): " + reason;
    }
}
