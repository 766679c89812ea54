package io.tokensync.writer.recovery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;

/** A writer in a process of its own, which a test may kill, or stop as if its machine had been suspended. */
final class WriterProcess implements AutoCloseable {
    /** The shortest that the broker allows. */
    private static final Map<String, String> QUICKLY_MISSED = Map.of("session.timeout.ms", "6000");

    private final Process process;

    private WriterProcess(Process process) {
        this.process = process;
    }

    /** @param instanceId of a member that is expected back; without it the group soon does without the member */
    static WriterProcess start(String bootstrapServers, SqlServerEndpoint endpoint, Recovery recovery,
            Optional<String> instanceId) {
        try {
            return new WriterProcess(new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    WriterProcess.class.getName(), bootstrapServers, endpoint.jdbcUrl(false), endpoint.user(),
                    endpoint.password(), recovery.topic, recovery.group, recovery.dead, instanceId.orElse(""))
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process on the spot. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops the process; it does not notice. */
    void suspend() throws Exception {
        signal("-STOP");
    }

    /** Lets it go on where it was. */
    void resume() throws Exception {
        signal("-CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void signal(String name) throws Exception {
        int result = new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start().waitFor();
        if (result != 0) {
            throw new IllegalStateException("kill " + name + " failed");
        }
    }

    /** What the process runs: writes until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        WriterConfig config = Recovery.config(arguments[0],
                Recovery.settings(arguments[1], arguments[2], arguments[3]), arguments[4], arguments[5], arguments[6],
                Recovery.BATCH_ROWS);
        KafkaSettings kafka = arguments[7].isEmpty()
                ? config.kafka().withProperties(QUICKLY_MISSED)
                : config.kafka().withInstanceId(arguments[7]);
        try (WriterApp app = WriterApp.create(
                config.withKafka(kafka), new SimpleMeterRegistry(),
                Clock.systemUTC())) {
            app.start();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
