package io.tokensync.scanner.watch;

/** Notified of each step of something that takes long, so that it is not taken for something that hangs. */
@FunctionalInterface
public interface Progress {
    /** For what nobody waits for with a bound. */
    Progress UNWATCHED = () -> {};

    /**
     * A step is done.
     *
     * @throws java.util.concurrent.CancellationException when nobody waits for the rest any more
     */
    void made();
}
