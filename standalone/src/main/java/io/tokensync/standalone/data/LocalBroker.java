package io.tokensync.standalone.data;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.embedded.BrokerLogin;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;

/**
 * The embedded broker of a data directory. Its login is made anew at each start, so that what a process of the past, or
 * one that has taken its port, has learned of it opens nothing.
 */
public final class LocalBroker implements AutoCloseable {
    private static final String FILE = "broker.access";
    private static final String ADDRESS = "bootstrap.servers";
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private final EmbeddedKafka kafka;
    private final BrokerLogin login;
    private final Path access;

    private LocalBroker(EmbeddedKafka kafka, BrokerLogin login, Path access) {
        this.kafka = kafka;
        this.login = login;
        this.access = access;
    }

    /** Starts the broker on what earlier runs have left there. */
    public static LocalBroker start(DataDirectory data) {
        BrokerLogin login = BrokerLogin.random();
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data.kafka()).withLogin(login));
        return new LocalBroker(kafka, login, data.root().resolve(FILE));
    }

    /** Lets other commands of this user find it ({@link #running}) until it is closed. */
    public LocalBroker shared() {
        String text = ADDRESS + "=" + kafka.bootstrapServers() + "\n" + USER + "=" + login.user() + "\n" + PASSWORD
                + "="
                + login.password() + "\n";
        try {
            PrivateFiles.write(access, text);
            return this;
        } catch (IOException e) {
            throw new DataDirectoryException("cannot write " + access + " (" + e + ")");
        }
    }

    /** How to reach the broker that a process shares on this directory; empty when there is none. */
    public static Optional<KafkaSettings> running(Path directory) {
        Path file = DataDirectory.root(directory).resolve(FILE);
        try {
            Properties access = new Properties();
            access.load(new StringReader(PrivateFiles.read(file)));
            BrokerLogin login = new BrokerLogin(access.getProperty(USER), access.getProperty(PASSWORD));
            return Optional.of(settings(access.getProperty(ADDRESS), login));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DataDirectoryException("cannot read " + file + " (" + e
                    + "); only the user that runs local may use its broker");
        }
    }

    /** How to reach it from this process. */
    public KafkaSettings settings() {
        return settings(kafka.bootstrapServers(), login);
    }

    private static KafkaSettings settings(String address, BrokerLogin login) {
        return KafkaSettings.at(address).withProperties(login.clientProperties());
    }

    /** As {@link EmbeddedKafka#failed}. */
    public CompletableFuture<Throwable> failed() {
        return kafka.failed();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(access);
        } catch (IOException _) {
            // What is left there opens nothing once the broker is gone.
        }
        kafka.close();
    }
}
