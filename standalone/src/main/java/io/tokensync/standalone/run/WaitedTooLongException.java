package io.tokensync.standalone.run;

/** Something did not come within the time that the user allows; the message says what, since when and why. */
public final class WaitedTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WaitedTooLongException(String message) {
        super(message);
    }
}
