package io.tokensync.scanner.identity;

/** Nobody can say under which identity to publish; its message says what the operator must decide. */
public final class IdentityException extends RuntimeException {
    IdentityException(String message) {
        super(message);
    }
}
