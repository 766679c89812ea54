package io.tokensync.bench.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.bench.ChildJvm;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;

/** A writer in a process of its own, as the launcher starts it, from the first record of a topic to the last. */
final class WriterRun {
    /** The launcher's, for a writer. */
    private static final List<String> JVM_OPTIONS = ChildJvm.withLateCompiler("-Xmx192m", "-Xmn96m",
            "-XX:+UseSerialGC", "-XX:TrimNativeHeapInterval=3000");
    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Path directory;
    private final String bootstrapServers;
    private final Path address;
    private final int threads;
    private final boolean history;

    /**
     * What was measured.
     *
     * @param rate records per second, without the first part
     * @param micros processor time of the process for a record of these, in microseconds
     * @param peakBytes highest resident memory
     */
    record Result(double rate, double micros, long peakBytes) {}

    /**
     * @param sql the address of the database with its password, which goes to a file that only this user can read
     * @param history whether the writer writes it
     */
    WriterRun(Path directory, String bootstrapServers, String sql, int threads, boolean history) throws IOException {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.threads = threads;
        this.history = history;
        this.address = Files.createFile(directory.resolve("address"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(address, sql);
    }

    /** Runs a writer of this group until the topic is read to its end; the first records, so many, are not measured. */
    Result run(Admin admin, String topic, String group, int unmeasured) throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve(group + ".yaml"), yaml(topic, group));
        ConsumerLag lag = new ConsumerLag(admin);
        ChildJvm child = ChildJvm.start(directory.resolve(group + ".log"), JVM_OPTIONS,
                List.of("writer", "--config", config.toString()));
        try (child) {
            long first = await(child, lag, topic, group, unmeasured);
            Duration used = child.cpuTime();
            long begin = System.nanoTime();
            long all = await(child, lag, topic, group, Long.MAX_VALUE);
            double seconds = (System.nanoTime() - begin) / NANOS;
            double micros = child.cpuTime().minus(used).toNanos() / NANOS_PER_MICRO / (all - first);
            return new Result((all - first) / seconds, micros, child.peakBytes());
        } finally {
            // An embedded database has one process at a time.
            child.await(BOUND);
        }
    }

    /** Until so many records are committed, or all; returns how many are. */
    private static long await(ChildJvm child, ConsumerLag lag, String topic, String group, long enough)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (System.nanoTime() < end) {
            if (child.await(LOOK)) {
                throw new IOException("the writer ended before its work was done:\n" + child.output());
            }
            List<PartitionLag> now = lag.of(group, List.of(topic));
            long committed = now.stream().mapToLong(PartitionLag::committed).sum();
            if (committed >= enough || now.stream().allMatch(PartitionLag::isDrained)) {
                return committed;
            }
        }
        throw new IOException("the writer did not come to an end in " + BOUND + ":\n" + child.output());
    }

    private String yaml(String topic, String group) {
        return """
                kafka:
                  bootstrap-servers: %s
                topics:
                  enriched:
                    name: %s
                writer:
                  group: %s
                  threads: %d
                  history:
                    enabled: %s
                  sql:
                    url-file: %s
                admin:
                  enabled: false
                """.formatted(bootstrapServers, topic, group, threads, history, address);
    }
}
