package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/**
 * DONE, DONEINPROC and DONEPROC: a statement, a statement of a procedure, a procedure is through (MS-TDS 2.2.7.6 to 8).
 *
 * @param count rows selected or changed; negative where there is nothing to count
 */
public record Done(Kind kind, int status, long count) implements Token {
    public static final int MORE = 0x01;
    public static final int ERROR = 0x02;
    public static final int IN_TRANSACTION = 0x04;
    public static final int COUNT = 0x10;
    public static final int ATTENTION = 0x20;

    private static final int SELECT = 0xC1;
    private static final int INSERT = 0xC3;

    /** Which of the three tokens. */
    public enum Kind {
        DONE(0xFD),
        IN_PROCEDURE(0xFF),
        PROCEDURE(0xFE);

        private final int token;

        Kind(int token) {
            this.token = token;
        }
    }

    public static Done of(Kind kind, int status) {
        return new Done(kind, status, -1);
    }

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(kind.token);
        out.writeShort(count < 0 ? status : status | COUNT);
        out.writeShort(count < 0 ? 0 : command());
        out.writeLong(Math.max(0, count));
    }

    /** The driver tells results with rows from update counts by COLMETADATA; the command only has to be a known one. */
    private int command() {
        return kind == Kind.PROCEDURE ? SELECT : INSERT;
    }
}
