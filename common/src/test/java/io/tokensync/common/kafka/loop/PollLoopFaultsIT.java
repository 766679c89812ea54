package io.tokensync.common.kafka.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.loop.ScriptedProducers.At;
import io.tokensync.common.kafka.loop.ScriptedProducers.Fault;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever happens to a loop's clients and threads: afterwards it must commit further records, each once. */
class PollLoopFaultsIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    @ParameterizedTest
    @EnumSource
    void aFaultOfTheProducerAtAnyStepIsFollowedByProgress(Fault fault) {
        try (LoopBench bench = LoopBench.on(KAFKA, "producer", 1)) {
            KafkaClients clients = new KafkaClients(bench.settings());
            ScriptedProducers producers = new ScriptedProducers(() -> clients.transactionalProducer(bench.group));
            PollLoop loop = bench.start(bench::copy, producers);
            int records = 0;
            for (At at : At.values()) {
                producers.script(at, fault);
                bench.produce(records, records + 10);
                await(fault + " at " + at).atMost(LONGEST_WAIT).until(() -> producers.isPlayed() && bench.isDrained());
                bench.produce(records + 10, records + 20);
                records += 20;
                await("after " + fault + " at " + at).atMost(LONGEST_WAIT).until(bench::isDrained);
                assertThat(loop.termination()).isNotDone();
            }
            bench.assertEachOnce(records);
        }
    }

    @Test
    void aFaultOfTheConsumerIsFollowedByProgress() {
        List<Function<Consumer<byte[], byte[]>, RuntimeException>> faults = List.of(
                _ -> new KafkaException("Unexpected error in poll"),
                _ -> new FencedInstanceIdException("another one"),
                _ -> new WakeupException(),
                consumer -> {
                    consumer.close();
                    return null;
                },
                _ -> {
                    Thread.currentThread().interrupt();
                    return null;
                });
        AtomicReference<Function<Consumer<byte[], byte[]>, RuntimeException>> next = new AtomicReference<>();
        try (LoopBench bench = LoopBench.on(KAFKA, "consumer", 1)) {
            LoopClients real = LoopClients.of(bench.config(), new KafkaClients(bench.settings()));
            PollLoop loop = bench.start(bench::copy,
                    new LoopClients(() -> faulty(real.consumers().get(), next), real.producers(), real.address()));
            int records = 0;
            for (var fault : faults) {
                bench.produce(records, records + 10);
                await().atMost(LONGEST_WAIT).until(bench::isDrained);
                next.set(fault);
                await().atMost(LONGEST_WAIT).until(() -> next.get() == null);
                bench.produce(records + 10, records + 20);
                records += 20;
                await("after fault " + faults.indexOf(fault)).atMost(LONGEST_WAIT).until(bench::isDrained);
                assertThat(loop.termination()).isNotDone();
            }
            bench.assertEachOnce(records);
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> faulty(Consumer<byte[], byte[]> consumer,
            AtomicReference<Function<Consumer<byte[], byte[]>, RuntimeException>> next) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(PollLoopFaultsIT.class.getClassLoader(),
                new Class<?>[]{Consumer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("poll") && !consumer.assignment().isEmpty()) {
                        var fault = next.getAndSet(null);
                        RuntimeException failure = fault == null ? null : fault.apply(consumer);
                        if (failure != null) {
                            throw failure;
                        }
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
