package io.tokensync.scanner.state;

/**
 * The state file is damaged. It is quarantined and everything is read and published again. What is lost are the deletions
 * that had not been noticed.
 */
public sealed class CorruptStateException extends RuntimeException permits DamagedRowsException {
    public CorruptStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
