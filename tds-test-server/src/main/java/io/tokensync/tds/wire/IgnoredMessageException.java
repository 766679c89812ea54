package io.tokensync.tds.wire;

import java.io.IOException;

/** The client gave up a message while sending it (the ignore bit of MS-TDS 2.2.3.1.2); what came of it is not run. */
public final class IgnoredMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    public IgnoredMessageException() {
        super("the client gave the message up");
    }
}
