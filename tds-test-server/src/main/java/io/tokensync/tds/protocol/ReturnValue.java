package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.types.TypeInfo;
import io.tokensync.tds.types.ValueWriter;
import io.tokensync.tds.wire.MessageOutput;

/** RETURNVALUE: an output parameter of a procedure (MS-TDS 2.2.7.19). */
public record ReturnValue(int ordinal, String name, TypeInfo type, Object value) implements Token {
    private static final int TOKEN = 0xAC;
    private static final int OUTPUT_PARAMETER = 0x01;

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeShort(ordinal);
        out.writeShortText(name);
        out.writeByte(OUTPUT_PARAMETER);
        out.writeInt(0);
        out.writeShort(0);
        type.write(out);
        ValueWriter.write(type, value, out);
    }
}
