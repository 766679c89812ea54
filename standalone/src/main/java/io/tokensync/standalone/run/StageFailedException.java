package io.tokensync.standalone.run;

/** A stage has ended by itself; what it had not finished is done by the next run. */
public final class StageFailedException extends RuntimeException {
    public StageFailedException(String stage, Throwable cause) {
        super("the " + stage + " has failed: " + cause.getMessage()
                + "; nothing is lost, and the next run goes on where this one stopped", cause);
    }
}
