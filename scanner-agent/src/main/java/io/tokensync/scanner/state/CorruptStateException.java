package io.tokensync.scanner.state;

/**
 * The state file is damaged. It is quarantined and everything is read and published again. Deletions
 * that had not been noticed are found when the nodes are verified.
 */
public sealed class CorruptStateException extends RuntimeException permits DamagedRowsException {
    public CorruptStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
