package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/** LOGINACK: the login succeeded, and who answers (MS-TDS 2.2.7.14). The version is the one Azure SQL shows. */
public record LoginAck() implements Token {
    static final int MAJOR = 12;
    static final int MINOR = 0;
    static final int BUILD = 2000;

    private static final int TOKEN = 0xAD;
    private static final String PROGRAM = "Microsoft SQL Server";

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeShort(1 + 4 + 1 + 2 * PROGRAM.length() + 4);
        out.writeByte(1);
        out.writeBytes(new byte[]{0x74, 0, 0, 4});
        out.writeShortText(PROGRAM);
        out.writeByte(MAJOR);
        out.writeByte(MINOR);
        out.writeByte(BUILD >>> 8);
        out.writeByte(BUILD);
    }

    /** The same version as PRELOGIN writes it: two bytes more for the sub-build. */
    static byte[] preloginVersion() {
        return new byte[]{MAJOR, MINOR, (byte) (BUILD >>> 8), (byte) BUILD, 0, 0};
    }
}
