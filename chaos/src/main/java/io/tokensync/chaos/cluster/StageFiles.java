package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tokensync.testkit.postgres.PostgresServer;

/** The configurations of the stages, as an operator writes them. */
final class StageFiles {
    /** Of each topic of rows. */
    static final int PARTITIONS = 6;

    private final Path directory;
    private final String bootstrapServers;

    StageFiles(Path directory, String bootstrapServers) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.bootstrapServers = bootstrapServers;
    }

    Path agent(String name, int adminPort, Path nodes, Path state, String sourceIp) throws IOException {
        return write(name, adminPort, """
                scanner:
                  roots: ["%s"]
                  state-dir: "%s"
                  source-ip: %s
                  interval: 1s
                  postgres:
                    user: %s
                """.formatted(nodes, state, sourceIp, PostgresServer.USER));
    }

    Path enricher(String name, int adminPort) throws IOException {
        return write(name, adminPort, """
                enricher:
                  batch:
                    rows: 1000
                """);
    }

    Path writer(String name, int adminPort, String url) throws IOException {
        return write(name, adminPort, """
                writer:
                  sql:
                    url: "%s"
                """.formatted(url));
    }

    Path monitor(String name, int adminPort, int pagePort) throws IOException {
        return write(name, adminPort, """
                monitor:
                  page:
                    port: %d
                """.formatted(pagePort));
    }

    Path topics() throws IOException {
        Path file = directory.resolve("topics.yaml");
        Files.writeString(file, """
                kafka:
                  bootstrap-servers: "%s"
                topics:
                  scanned:
                    partitions: %d
                  enriched:
                    partitions: %d
                  content-retry:
                    partitions: 2
                  receipts:
                    partitions: 2
                  sessions:
                    partitions: 2
                """.formatted(bootstrapServers, PARTITIONS, PARTITIONS));
        return file;
    }

    private Path write(String name, int adminPort, String stage) throws IOException {
        Path file = directory.resolve(name + ".yaml");
        Files.writeString(file, """
                kafka:
                  bootstrap-servers: "%s"
                  instance-id: %s
                  properties:
                    session.timeout.ms: 10000
                admin:
                  port: %d
                """.formatted(bootstrapServers, name, adminPort) + stage);
        return file;
    }
}
