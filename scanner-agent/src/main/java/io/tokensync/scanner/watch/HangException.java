package io.tokensync.scanner.watch;

/** Something hangs, now or still, and was not waited for any longer. */
public final class HangException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Hang hang;

    HangException(Hang hang) {
        super(hang.describe());
        this.hang = hang;
    }

    public Hang hang() {
        return hang;
    }
}
