package io.tokensync.tds.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;

/**
 * Transaction Manager Request (MS-TDS 2.2.6.9). mssql-jdbc sends it only for distributed transactions; other clients
 * begin and end every transaction with it.
 *
 * @param name of the savepoint or transaction; empty where there is none
 */
public record TransactionRequest(Kind kind, String name) {
    private static final int BEGIN_NEW = 0x01;

    /** What is asked for. */
    public enum Kind {
        BEGIN(5),
        COMMIT(7),
        ROLLBACK(8),
        SAVE(9);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** Reads the request; one that asks for the next transaction in the same breath is rejected. */
    public static TransactionRequest read(MessageInput in) throws IOException {
        AllHeaders.skip(in);
        Kind kind = kind(in.readShort());
        if (kind == Kind.BEGIN) {
            in.readByte();
        }
        String name = new String(in.readBytes(in.readByte()), StandardCharsets.UTF_16LE);
        boolean beginsNew = kind != Kind.BEGIN && !in.atEnd() && (in.readByte() & BEGIN_NEW) != 0;
        if (beginsNew) {
            throw new MalformedMessageException("a transaction that begins with the end of another is not supported");
        }
        in.skipRest();
        return new TransactionRequest(kind, name);
    }

    private static Kind kind(int code) throws MalformedMessageException {
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedMessageException("transaction request " + code + " is not supported here");
    }
}
