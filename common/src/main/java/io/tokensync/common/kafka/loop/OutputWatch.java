package io.tokensync.common.kafka.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.Heartbeats;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.Snapshot;

/**
 * Notices that Kafka does not take what a loop produces: a call of the producer lasts as long as its timeouts are, and says
 * nothing before they have passed.
 */
final class OutputWatch {
    private final String address;
    private final Clock clock;
    private final Set<String> topics = new ConcurrentSkipListSet<>();
    private volatile Instant callSince;

    private OutputWatch(String address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /** The same producers, with a status that says when Kafka takes nothing. */
    static Supplier<Producer<byte[], byte[]>> over(LoopClients clients, StageStatus status, Clock clock) {
        OutputWatch watch = new OutputWatch(clients.address(), clock);
        status.asks(watch::complaint);
        return () -> watch.over(clients.producers().get());
    }

    private Optional<Snapshot> complaint() {
        Instant since = callSince;
        boolean late = since != null && since.plus(Heartbeats.SILENCE).isBefore(clock.instant());
        return late
                ? Optional.of(new Snapshot(StageStatus.State.WAITING, since, FailureKind.TRANSIENT, cause()))
                : Optional.empty();
    }

    private String cause() {
        return topics.isEmpty()
                ? Heartbeats.silence(address)
                : "Kafka at " + address + " has not taken what was produced for " + topics + " for more than "
                        + Heartbeats.SILENCE.toSeconds() + " s; see that the brokers and the topics are there";
    }

    @SuppressWarnings("unchecked") // a proxy of the interface is one of its bytes
    private Producer<byte[], byte[]> over(Producer<byte[], byte[]> producer) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(OutputWatch.class.getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> call(producer, method, arguments));
    }

    private Object call(Producer<byte[], byte[]> producer, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof ProducerRecord<?, ?> record) {
            topics.add(record.topic());
        }
        callSince = clock.instant();
        try {
            return method.invoke(producer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            callSince = null;
        }
    }
}
