package io.tokensync.common.verification;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a verification has found. */
public enum Outcome {
    /** The table has exactly the rows of the node. */
    EQUAL,
    /** What differs has changed since the agent looked: the next verification tells. */
    UNSETTLED,
    /** The table has other rows than the node. */
    DIFFERS,
    /** Two agents claim this node; nothing is repaired, because each would undo what the other does. */
    CONTESTED;

    /** As it is written: {@code equal}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; empty when there is none. */
    public static Optional<Outcome> of(String code) {
        return Stream.of(values()).filter(value -> value.code().equals(code)).findFirst();
    }
}
