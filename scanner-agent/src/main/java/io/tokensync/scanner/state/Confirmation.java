package io.tokensync.scanner.state;

import java.util.Objects;

/**
 * That an operator has looked at deletions that are deferred, and believes them. It is for what was seen and nothing
 * else: when other rows are missing by then, it is void.
 *
 * @param nodeName whose
 * @param gone whether the whole database is gone
 * @param fingerprint which rows are missing, when the database is there
 */
public record Confirmation(String nodeName, boolean gone, long fingerprint) {
    public Confirmation {
        Objects.requireNonNull(nodeName, "nodeName");
    }

    /** That the database of this node is gone for good. */
    public static Confirmation ofGone(String nodeName) {
        return new Confirmation(nodeName, true, 0);
    }

    /** That the rows that are deferred now are gone. */
    public static Confirmation of(String nodeName, TrackedDatabase.Held held) {
        return new Confirmation(nodeName, false, held.fingerprint());
    }
}
