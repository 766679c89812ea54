package io.tokensync.scanner.state;

/**
 * What the state remembers of the rows of one database is damaged, and the file around it is not:
 * {@link DatabaseStore#repair} repairs that. Where nobody does, it is as bad as a damaged file.
 */
public final class DamagedRowsException extends CorruptStateException {
    public DamagedRowsException(String message, Throwable cause) {
        super(message, cause);
    }
}
