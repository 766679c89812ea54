package io.tokensync.scanner.publish;

/** Publishing failed in a way that waiting does not repair. Nothing is lost: the state has not moved. */
public final class PublishFailedException extends RuntimeException {
    PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
