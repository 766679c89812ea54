package io.tokensync.tds.jdbc;

/** The rest of the batch is not run; the client has been told why. */
final class BatchAbortedException extends Exception {
    private static final long serialVersionUID = 1L;
}
