package io.tokensync.scanner.state;

import java.nio.file.Path;

/** Where the state of one agent lives, from process to process. */
public interface StateStoreFactory {
    /**
     * Opens the state, new when there is none.
     *
     * @throws CorruptStateException when it is damaged: {@link #quarantine} it and open again
     */
    StateStore open();

    /**
     * Puts a damaged state aside, so that the next {@link #open} starts a new one; returns its new place. The new one takes
     * over the reservation of versions if it can still be read, and nothing else: deletions that had not been noticed
     * are found when the nodes are verified on the new one.
     */
    Path quarantine();

    /** What operators have confirmed. */
    Confirmations confirmations();

    /** Which nodes somebody wants to be verified. */
    VerificationRequests verificationRequests();

    /** A scan cycle has ended. */
    void passed();
}
