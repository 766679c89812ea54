package io.tokensync.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What may differ between embedded brokers.
 *
 * @param directory where everything is kept; made when absent
 * @param port port of the broker on the loopback interface; 0 takes the port of the last run when it is free, else any
 * @param retention how long records are kept; empty keeps them for ever
 * @param login what clients must know; empty lets every user of this machine in
 * @param properties broker properties that win over the defaults here
 */
public record EmbeddedKafkaOptions(Path directory, int port, Optional<Duration> retention, Optional<BrokerLogin> login,
        Map<String, String> properties) {
    private static final int HIGHEST_PORT = 65_535;

    public EmbeddedKafkaOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(login, "login");
        properties = Map.copyOf(properties);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + HIGHEST_PORT + ", not " + port);
        }
        if (retention.isPresent() && !retention.get().isPositive()) {
            throw new IllegalArgumentException("retention must be longer than nothing, not " + retention.get());
        }
    }

    /** A free port, records kept for ever, no login. */
    public static EmbeddedKafkaOptions in(Path directory) {
        return new EmbeddedKafkaOptions(directory, 0, Optional.empty(), Optional.empty(), Map.of());
    }

    public EmbeddedKafkaOptions withPort(int newPort) {
        return new EmbeddedKafkaOptions(directory, newPort, retention, login, properties);
    }

    public EmbeddedKafkaOptions withRetention(Duration newRetention) {
        return new EmbeddedKafkaOptions(directory, port, Optional.of(newRetention), login, properties);
    }

    /** Nobody is let in without this login. */
    public EmbeddedKafkaOptions withLogin(BrokerLogin newLogin) {
        return new EmbeddedKafkaOptions(directory, port, retention, Optional.of(newLogin), properties);
    }

    public EmbeddedKafkaOptions withProperties(Map<String, String> newProperties) {
        return new EmbeddedKafkaOptions(directory, port, retention, login, newProperties);
    }
}
