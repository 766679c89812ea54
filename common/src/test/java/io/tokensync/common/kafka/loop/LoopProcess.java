package io.tokensync.common.kafka.loop;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.StageStatus;

/** A copying loop in a process of its own, which now and then ends on the spot in the middle of a transaction. */
final class LoopProcess {
    private static final double DEATH_RATE = 0.1;

    private LoopProcess() {}

    static Process start(LoopBench bench, String instanceId, File log) {
        try {
            return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    LoopProcess.class.getName(),
                    bench.bootstrapServers, bench.input, bench.output, bench.group, instanceId)
                    .redirectOutput(Redirect.appendTo(log)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs until the standard input ends. */
    public static void main(String[] arguments) throws IOException {
        KafkaClients clients = new KafkaClients(KafkaSettings.at(arguments[0]).withInstanceId(arguments[4]));
        PollLoopConfig config = PollLoopConfig.of(arguments[3], arguments[1])
                .withBatch(50, 1 << 20, Duration.ofMillis(5)).withWindow(3).withRetry(LoopBench.QUICK);
        String output = arguments[2];
        BatchHandler copy = batch -> batch.stream()
                .<ProducerRecord<byte[], byte[]>>map(r -> new ProducerRecord<>(output, r.key(), r.value())).toList();
        String transactionalId = clients.transactionalId(config.group(), config.member());
        try (PollLoop loop = new PollLoop(config, LoopClients.of(config, clients)
                .withProducers(() -> mortal(clients.transactionalProducer(transactionalId))), copy,
                LoopBench.ALWAYS_TRANSIENT, new StageStatus(Clock.systemUTC()), new SimpleMeterRegistry(),
                Clock.systemUTC())) {
            loop.start();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> mortal(Producer<byte[], byte[]> producer) {
        RandomGenerator random = RandomGenerator.getDefault();
        List<String> deadly = List.of("sendOffsetsToTransaction", "commitTransaction");
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(LoopProcess.class.getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, parameters) -> {
                    boolean deathly = deadly.contains(method.getName()) && random.nextDouble() < DEATH_RATE;
                    return call(producer, method, parameters, deathly, random.nextBoolean());
                });
    }

    private static Object call(Producer<byte[], byte[]> producer, Method method, Object[] parameters, boolean deathly,
            boolean after) throws Throwable {
        if (deathly && !after) {
            Runtime.getRuntime().halt(1);
        }
        Object result = method.invoke(producer, parameters);
        if (deathly) {
            Runtime.getRuntime().halt(1);
        }
        return result;
    }
}
