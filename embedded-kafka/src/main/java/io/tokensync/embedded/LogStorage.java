package io.tokensync.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log directory of a node: formatted once, taken up again ever after. */
final class LogStorage {
    private static final Logger log = LoggerFactory.getLogger(LogStorage.class);
    private static final String META = "meta.properties";

    private final Path directory;

    LogStorage(Path directory) {
        this.directory = directory;
    }

    /** Formats an empty directory; checks one that has been in use. */
    void prepare() {
        try {
            Files.createDirectories(directory);
            if (Files.exists(directory.resolve(META))) {
                check();
            } else {
                rejectForeignFiles();
                format();
            }
        } catch (IOException e) {
            throw new EmbeddedKafkaException("The broker's directory " + directory + " cannot be prepared (" + e
                    + "). Free space and rights there are needed.", e);
        }
    }

    private void check() throws IOException {
        Properties meta = new Properties();
        try (Reader in = Files.newBufferedReader(directory.resolve(META))) {
            meta.load(in);
        } catch (IllegalArgumentException e) {
            throw corrupt(e);
        }
        if (meta.getProperty("cluster.id", "").isBlank() || meta.getProperty("directory.id", "").isBlank()
                || !Integer.toString(BrokerProperties.NODE_ID).equals(meta.getProperty("node.id"))) {
            throw corrupt(null);
        }
    }

    private EmbeddedKafkaException corrupt(Throwable cause) {
        return new EmbeddedKafkaException(
                "The file " + directory.resolve(META) + " is damaged, so the broker's data in "
                        + directory + " cannot be used. Restore it from a copy, or delete the directory to start anew.",
                cause);
    }

    /** Without its meta.properties a directory of logs would be formatted over, and what it holds forgotten. */
    private void rejectForeignFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(file -> file.getFileName().toString().startsWith("__cluster_metadata"))) {
                throw new EmbeddedKafkaException("The directory " + directory + " holds a broker's data without its "
                        + META + ". Restore that file, or delete the directory to start anew.");
            }
        }
    }

    private void format() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter().setNodeId(BrokerProperties.NODE_ID).setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER).addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString()).setPrintStream(out).run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedKafkaException("The broker's directory " + directory + " cannot be formatted: " + e, e);
        }
        log.atDebug().setMessage("formatted").addKeyValue("directory", directory)
                .addKeyValue("output", said.toString(StandardCharsets.UTF_8).strip()).log();
    }
}
