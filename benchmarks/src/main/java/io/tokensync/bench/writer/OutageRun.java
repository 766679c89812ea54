package io.tokensync.bench.writer;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tokensync.bench.writer.jdbc.BenchTable;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;

/**
 * A writer with its standard waits whose database is away for a while, behind a gate of ours, and comes back. The outage
 * is real time, not a changed clock.
 */
final class OutageRun {
    private static final Pattern SQL_SERVER = Pattern.compile("(?i)(jdbc:sqlserver://)([^:;\\\\]+)(?::(\\d+))?(.*)");
    private static final int SQL_SERVER_PORT = 1433;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final double NANOS = 1e9;

    private final String sql;
    private final Duration length;
    private final Clock clock;
    private final Sleeper sleeper = Sleeper.system();

    /**
     * @param sql address of a server; a database that is embedded in a process cannot be away
     * @param length of the outage
     */
    OutageRun(String sql, Duration length, Clock clock) {
        this.sql = sql;
        this.length = length;
        this.clock = clock;
    }

    /** Sends records of this node to the writer's topic. */
    interface Sender {
        void send(String node, int count) throws InterruptedException;
    }

    /** Seconds from the moment the database answers again to the moment a row is committed that was sent in the outage. */
    double seconds(String bootstrapServers, String topic, String group, Sender sender)
            throws Exception {
        BenchTable table = new BenchTable(SqlSettings.of(sql));
        Matcher address = address();
        int port = address.group(3) == null ? SQL_SERVER_PORT : Integer.parseInt(address.group(3));
        try (TcpGate gate = new TcpGate(new InetSocketAddress(address.group(2), port));
                WriterApp app = WriterApp.create(config(bootstrapServers, topic, group, gated(address, gate.port())),
                        new SimpleMeterRegistry(), clock)) {
            app.start();
            sender.send("bench-before", 1);
            awaitRow(table, "bench-before");
            gate.shut();
            sender.send("bench-outage", 1);
            while (app.status().snapshot().state() != State.WAITING) {
                sleeper.sleep(LOOK);
            }
            sleeper.sleep(length);
            gate.reopen();
            long begin = System.nanoTime();
            awaitRow(table, "bench-outage");
            return (System.nanoTime() - begin) / NANOS;
        } finally {
            table.remove(BenchRecords.SOURCE_IP, "bench-before");
            table.remove(BenchRecords.SOURCE_IP, "bench-outage");
        }
    }

    private void awaitRow(BenchTable table, String node) throws Exception {
        long end = System.nanoTime() + BOUND.toNanos();
        while (table.read(BenchRecords.SOURCE_IP, node).rows() == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the writer did not write within " + BOUND);
            }
            sleeper.sleep(LOOK);
        }
    }

    private Matcher address() {
        Matcher matcher = SQL_SERVER.matcher(sql);
        if (matcher.matches()) {
            return matcher;
        }
        throw new IllegalArgumentException("an outage needs the address of a server with its host");
    }

    private static String gated(Matcher address, int port) {
        String gated = address.group(1) + "127.0.0.1:" + port + address.group(4);
        // The certificate is still that of the server.
        boolean named = address.group(4).contains("hostNameInCertificate");
        return named ? gated : gated + ";hostNameInCertificate=" + address.group(2);
    }

    private static WriterConfig config(String bootstrapServers, String topic, String group, String sql) {
        WriterConfig standard = WriterConfig.of(KafkaSettings.at(bootstrapServers), SqlSettings.of(sql));
        return standard.withLoop(PollLoopConfig.of(group, topic).withStage("writer"));
    }
}
