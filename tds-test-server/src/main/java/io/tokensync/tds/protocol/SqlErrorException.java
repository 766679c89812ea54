package io.tokensync.tds.protocol;

/** A statement or login failed with an error that the client is told. */
public final class SqlErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    public SqlErrorException(SqlError error) {
        super(error.number() + ": " + error.message());
        this.error = error;
    }

    public SqlError error() {
        return error;
    }
}
