package io.tokensync.tds.server;

import java.time.Duration;

/** What a fault may do to the endpoint beyond its own connection. */
interface Sessions {
    /** Ends every connection. */
    void kill();

    /** Ends every connection and stops listening for so long. */
    void restart(Duration downtime);
}
