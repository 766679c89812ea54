package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageInput;

/** SQLBatch: statements as text (MS-TDS 2.2.6.7). */
public record SqlBatch(String text) {
    public static SqlBatch read(MessageInput in) throws IOException {
        AllHeaders.skip(in);
        return new SqlBatch(in.readRemainingText());
    }
}
