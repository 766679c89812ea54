package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;

/** ALL_HEADERS at the head of batches, RPCs and transaction requests (MS-TDS 2.2.5.3); nothing here needs them. */
final class AllHeaders {
    private static final int LENGTH_BYTES = 4;
    private static final int LONGEST = 64 * 1024;

    private AllHeaders() {}

    static void skip(MessageInput in) throws IOException {
        int length = in.readInt();
        if (length < LENGTH_BYTES || length > LONGEST) {
            throw new MalformedMessageException("ALL_HEADERS of " + length + " bytes");
        }
        in.skip(length - LENGTH_BYTES);
    }
}
