package io.tokensync.tds.wire;

/** The packet types a client sends, and the one a server answers with (MS-TDS 2.2.3.1.1). */
public enum PacketType {
    SQL_BATCH(0x01),
    RPC(0x03),
    RESPONSE(0x04),
    ATTENTION(0x06),
    BULK_LOAD(0x07),
    TRANSACTION(0x0E),
    LOGIN7(0x10),
    PRELOGIN(0x12);

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static PacketType of(int code) throws MalformedMessageException {
        for (PacketType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedMessageException("packet type " + code + " is not part of TDS 7.4");
    }
}
