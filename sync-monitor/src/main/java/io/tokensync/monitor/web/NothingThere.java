package io.tokensync.monitor.web;

/** What is asked for does not exist; the message says so. */
final class NothingThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingThere(String message) {
        super(message);
    }
}
