package io.tokensync.common.kafka.loop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.StageStatus;

/** A copying loop in a process of its own, which stops itself with SIGSTOP at the steps that it is told. */
public final class StoppedProcess implements AutoCloseable {
    /** Short enough to be waited for. The broker allows no shorter session. */
    private static final Map<String, String> IMPATIENT = Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms",
            "1000", "transaction.timeout.ms", "5000");

    private final Process process;

    private StoppedProcess(Process process) {
        this.process = process;
    }

    public static StoppedProcess start(LoopBench bench, File log) {
        try {
            return new StoppedProcess(new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    StoppedProcess.class.getName(), bench.bootstrapServers, bench.input, bench.output, bench.group)
                    .redirectOutput(Redirect.appendTo(log)).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It stops when it comes to this method of a producer, before or after. */
    public void stopAt(String step) throws IOException {
        process.getOutputStream().write((step + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public boolean isStopped() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void goOn() throws IOException, InterruptedException {
        signal("CONT", process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    }

    /** Runs until the standard input ends, whose lines say where to stop next. */
    public static void main(String[] arguments) throws IOException {
        KafkaClients clients = new KafkaClients(KafkaSettings.at(arguments[0]).withProperties(IMPATIENT));
        PollLoopConfig config = PollLoopConfig.of(arguments[3], arguments[1])
                .withBatch(50, 1 << 20, Duration.ofMillis(5)).withWindow(3).withRetry(LoopBench.QUICK);
        AtomicReference<String> stop = new AtomicReference<>("");
        BatchHandler copy = batch -> batch.stream().<ProducerRecord<byte[], byte[]>>map(
                record -> new ProducerRecord<>(arguments[2], record.key(), record.value())).toList();
        String transactionalId = clients.transactionalId(config.group(), config.member());
        try (PollLoop loop = new PollLoop(config, LoopClients.of(config, clients)
                .withProducers(() -> stopping(clients.transactionalProducer(transactionalId), stop)), copy,
                LoopBench.ALWAYS_TRANSIENT, new StageStatus(Clock.systemUTC()), new SimpleMeterRegistry(),
                Clock.systemUTC());
                BufferedReader steps = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            loop.start();
            steps.lines().forEach(stop::set);
        }
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> stopping(Producer<byte[], byte[]> producer, AtomicReference<String> stop) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(StoppedProcess.class.getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> {
                    stopIf(stop, "before " + method.getName());
                    Object result = FaultyProducers.invoke(producer, method, arguments);
                    stopIf(stop, "after " + method.getName());
                    return result;
                });
    }

    private static void stopIf(AtomicReference<String> stop, String here) throws IOException, InterruptedException {
        if (here.equals(stop.get())) {
            stop.set("");
            signal("STOP", ProcessHandle.current().pid());
        }
    }
}
