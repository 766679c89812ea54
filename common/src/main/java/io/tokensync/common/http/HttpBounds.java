package io.tokensync.common.http;

import java.time.Duration;

/**
 * What clients may take of a server, however slow or many they are.
 *
 * @param connections most at a time; a new one takes the place of the oldest that is not being answered
 * @param headTime from connecting to the end of the request's head
 * @param answerTime from there until the client has taken the answer
 * @param headBytes longest head of a request
 */
public record HttpBounds(int connections, Duration headTime, Duration answerTime, int headBytes) {
    /** For operators, browsers, probes and scrapers. */
    public static final HttpBounds STANDARD = new HttpBounds(100, Duration.ofSeconds(5), Duration.ofSeconds(30),
            16 * 1024);

    public HttpBounds {
        if (connections < 1 || headBytes < 1 || !headTime.isPositive() || !answerTime.isPositive()) {
            throw new IllegalArgumentException("every bound of a server must be positive");
        }
    }
}
