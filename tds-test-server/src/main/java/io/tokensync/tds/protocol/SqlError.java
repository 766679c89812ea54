package io.tokensync.tds.protocol;

/**
 * An error as SQL Server reports it.
 *
 * @param number what {@code SQLException.getErrorCode()} returns
 * @param state the server's own detail of the number
 * @param severity the class: 11 to 16 the statement failed, 17 to 19 resources, 20 and more ends the connection
 */
public record SqlError(int number, int state, int severity, String message) {
    /** From this severity on the server closes the connection after the error. */
    public static final int FATAL = 20;

    public boolean fatal() {
        return severity >= FATAL;
    }
}
