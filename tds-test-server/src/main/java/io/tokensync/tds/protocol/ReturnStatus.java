package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/** RETURNSTATUS: what a procedure returned (MS-TDS 2.2.7.18). */
public record ReturnStatus(int value) implements Token {
    private static final int TOKEN = 0x79;

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeInt(value);
    }
}
