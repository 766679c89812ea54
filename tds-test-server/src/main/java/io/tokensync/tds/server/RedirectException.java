package io.tokensync.tds.server;

import io.tokensync.tds.faults.Effect;

/** The login is to be answered with the address of another endpoint. */
final class RedirectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Effect.Redirect target;

    RedirectException(Effect.Redirect target) {
        super("to " + target.host() + ":" + target.port());
        this.target = target;
    }

    Effect.Redirect target() {
        return target;
    }
}
