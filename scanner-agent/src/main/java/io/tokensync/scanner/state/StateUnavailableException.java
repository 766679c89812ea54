package io.tokensync.scanner.state;

/** The state cannot be read or written now: no right, no space, another agent. Its message says which and what to do. */
public final class StateUnavailableException extends RuntimeException {
    public StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
