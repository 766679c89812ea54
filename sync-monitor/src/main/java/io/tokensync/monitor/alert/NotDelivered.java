package io.tokensync.monitor.alert;

import java.time.Duration;

/** A message did not arrive; the text says why, and never the address, which may hold a secret. */
final class NotDelivered extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean worthTrying;
    private final transient Duration wait;

    /**
     * @param worthTrying whether the same message may arrive later
     * @param wait how long the other side asks to wait; zero when it does not
     */
    NotDelivered(String why, boolean worthTrying, Duration wait) {
        super(why);
        this.worthTrying = worthTrying;
        this.wait = wait;
    }

    boolean isWorthTrying() {
        return worthTrying;
    }

    Duration asked() {
        return wait == null ? Duration.ZERO : wait;
    }
}
