package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/** ERROR and INFO: a message with its number, state and class (MS-TDS 2.2.7.10 and 2.2.7.13). */
public record MessageToken(boolean error, SqlError content) implements Token {
    private static final int ERROR = 0xAA;
    private static final int INFO = 0xAB;
    private static final String SERVER = "testkit";
    private static final int LONGEST = 2047;

    public static MessageToken error(SqlError content) {
        return new MessageToken(true, content);
    }

    public static MessageToken info(int number, int state, String text) {
        return new MessageToken(false, new SqlError(number, state, 0, text));
    }

    @Override
    public void write(MessageOutput out) throws IOException {
        String text = content.message();
        String message = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        out.writeByte(error ? ERROR : INFO);
        out.writeShort(4 + 1 + 1 + 2 + 2 * message.length() + 1 + 2 * SERVER.length() + 1 + 4);
        out.writeInt(content.number());
        out.writeByte(content.state());
        out.writeByte(content.severity());
        out.writeLongText(message);
        out.writeShortText(SERVER);
        out.writeShortText("");
        out.writeInt(1);
    }
}
