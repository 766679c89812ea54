package io.tokensync.tds.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.types.TypeInfo;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;

/** COLMETADATA: names and types of the columns that follow, in answers and in bulk loads (MS-TDS 2.2.7.4). */
public record ColMetadata(List<Column> columns) implements Token {
    public static final int TOKEN = 0x81;

    private static final int NULLABLE = 0x01;
    private static final int UPDATABLE = 0x04;
    private static final int IDENTITY = 0x10;
    private static final int NO_COLUMNS = 0xFFFF;

    public ColMetadata {
        columns = List.copyOf(columns);
    }

    /** One column. */
    public record Column(String name, TypeInfo type, boolean nullable, boolean identity) {
        private int flags() {
            return (nullable ? NULLABLE : 0) | (identity ? IDENTITY : UPDATABLE);
        }
    }

    /** Reads what stands at the head of a bulk load, the token itself included. */
    public static ColMetadata read(MessageInput in) throws IOException {
        if (in.readByte() != TOKEN) {
            throw new MalformedMessageException("a bulk load must begin with COLMETADATA");
        }
        int count = in.readShort();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; count != NO_COLUMNS && i < count; i++) {
            in.readInt();
            int flags = in.readShort();
            TypeInfo type = TypeInfo.read(in);
            columns.add(new Column(in.readShortText(), type, (flags & NULLABLE) != 0, (flags & IDENTITY) != 0));
        }
        return new ColMetadata(columns);
    }

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeShort(columns.size());
        for (Column column : columns) {
            out.writeInt(0);
            out.writeShort(column.flags());
            column.type().write(out);
            out.writeShortText(column.name());
        }
    }
}
