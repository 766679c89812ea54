package io.tokensync.standalone.data;

/** The data directory cannot be used; the message tells people why and what to do. */
public final class DataDirectoryException extends RuntimeException {
    public DataDirectoryException(String message) {
        super(message);
    }
}
