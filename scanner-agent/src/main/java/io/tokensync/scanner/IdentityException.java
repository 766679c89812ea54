package io.tokensync.scanner;

/** Nobody can say under which identity to publish; its message says what the operator must decide. */
final class IdentityException extends RuntimeException {
    IdentityException(String message) {
        super(message);
    }
}
