package io.tokensync.embedded;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * The one login that a broker accepts, on both of its listeners (SASL/PLAIN: it never leaves the loopback interface).
 * Without one, every user of the machine may read and write all topics.
 *
 * @param user its name
 * @param password never shown
 */
public record BrokerLogin(String user, String password) {
    private static final int RANDOM_BYTES = 32;
    private static final String USER = "tokensync";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    public BrokerLogin {
        requirePlain("user", user);
        requirePlain("password", password);
    }

    /** A login that nobody can guess. */
    public static BrokerLogin random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new BrokerLogin(USER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What a client's properties have to say to be let in. */
    public Map<String, String> clientProperties() {
        return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
                credentials() + ";");
    }

    /** For a listener, which both lets this login in and uses it to reach the other one. */
    String listenerConfig() {
        return credentials() + " user_" + user + "=\"" + password + "\";";
    }

    private String credentials() {
        return MODULE + " required username=\"" + user + "\" password=\"" + password + "\"";
    }

    /** What needs no quoting in Kafka's configuration. */
    private static void requirePlain(String what, String text) {
        if (!Objects.requireNonNull(text, what).matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("the broker's " + what + " must be of letters, digits, - and _");
        }
    }

    @Override
    public String toString() {
        return "BrokerLogin[" + user + "]";
    }
}
