package io.tokensync.tds.protocol;

import io.tokensync.tds.wire.MalformedMessageException;

/** What PRELOGIN says about encryption (MS-TDS 2.2.6.5, table of ENCRYPTION). */
public enum Encryption {
    /** Only the login is encrypted, unless the client insists on more. */
    OFF(0),
    /** The whole session is encrypted. */
    ON(1),
    /** There is no certificate: everything goes in the clear, and a client that insists gives up. */
    NOT_SUPPORTED(2),
    /** The whole session is encrypted, and a client that cannot is rejected. */
    REQUIRED(3);

    private final int code;

    Encryption(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Encryption of(int code) throws MalformedMessageException {
        for (Encryption encryption : values()) {
            if (encryption.code == code) {
                return encryption;
            }
        }
        throw new MalformedMessageException("encryption option " + code + " in PRELOGIN");
    }

    /** The answer of a server with this setting to what the client asked for. */
    public Encryption answer(Encryption client) {
        if (this == NOT_SUPPORTED) {
            return NOT_SUPPORTED;
        }
        if (client == ON || client == REQUIRED) {
            return ON;
        }
        return this == OFF ? client : REQUIRED;
    }
}
