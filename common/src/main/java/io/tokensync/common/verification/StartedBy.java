package io.tokensync.common.verification;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a node is verified. */
public enum StartedBy {
    /** It was its turn. */
    SCHEDULE,
    /** Somebody asked for it. */
    COMMAND,
    /** The agent's state is new, or what it had of this node was damaged: deletions may have gone unnoticed. */
    NEW_STATE,
    /** What differed the last time has been published. */
    REPAIR;

    /** As it is written: {@code schedule}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; empty when there is none. */
    public static Optional<StartedBy> of(String code) {
        return Stream.of(values()).filter(value -> value.code().equals(code)).findFirst();
    }
}
