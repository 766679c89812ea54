package io.tokensync.tds.protocol;

import java.io.IOException;
import java.util.List;

import io.tokensync.tds.types.ValueReader;
import io.tokensync.tds.types.ValueWriter;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;

/**
 * ROW, and NBCROW where a value is null: a bit for each column says so and the value is left out (MS-TDS 2.2.7.20 and
 * 2.2.7.15).
 *
 * @param values one of the Java types of {@link ValueReader} for each column; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(List<ColMetadata.Column> columns, Object[] values) implements Token {
    public static final int ROW = 0xD1;
    public static final int NBCROW = 0xD2;

    /** Reads the values of a row whose token has been read. */
    public static Object[] read(int token, List<ColMetadata.Column> columns, MessageInput in) throws IOException {
        byte[] nulls = token == NBCROW ? in.readBytes((columns.size() + 7) / 8) : null;
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            if (nulls == null || (nulls[i / 8] & 1 << i % 8) == 0) {
                values[i] = ValueReader.read(columns.get(i).type(), in);
            }
        }
        return values;
    }

    @Override
    public void write(MessageOutput out) throws IOException {
        byte[] nulls = nulls();
        out.writeByte(nulls == null ? ROW : NBCROW);
        if (nulls != null) {
            out.writeBytes(nulls);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                ValueWriter.write(columns.get(i).type(), values[i], out);
            }
        }
    }

    private byte[] nulls() {
        byte[] bits = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                bits = bits == null ? new byte[(values.length + 7) / 8] : bits;
                bits[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bits;
    }
}
