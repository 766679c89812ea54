package io.tokensync.tds.wire;

import java.io.IOException;

/** Where the packets of one connection come from. */
@FunctionalInterface
public interface PacketSource {
    /** Waits for the next packet; null at the end of the stream. */
    Packet next() throws IOException;
}
