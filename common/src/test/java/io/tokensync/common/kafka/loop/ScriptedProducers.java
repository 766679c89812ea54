package io.tokensync.common.kafka.loop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.TimeoutException;

/** Real producers, for which something happens once at a step of their transactions. */
final class ScriptedProducers implements Supplier<Producer<byte[], byte[]>> {
    /** Where it happens: the methods of a producer, in the order in which a transaction meets them. */
    enum At {
        INIT("initTransactions"),
        BEGIN("beginTransaction"),
        SEND("send"),
        OFFSETS("sendOffsetsToTransaction"),
        COMMIT("commitTransaction"),
        ABORT("abortTransaction"),
        CLOSE("close");

        private final String method;

        At(String method) {
            this.method = method;
        }
    }

    /** What happens. */
    enum Fault {
        /** No broker has answered in time. */
        TIMES_OUT,
        /** An overloaded broker has answered something that no client expects. */
        UNKNOWN_ANSWER,
        /** The broker has forgotten the producer. */
        EXPIRES,
        /** Another producer of the same name has begun. */
        FENCED,
        /** The producer has been closed. */
        CLOSED,
        /** The thread is interrupted before, and by no means for the loop's end. */
        INTERRUPTED_BEFORE,
        /** As above, after. */
        INTERRUPTED_AFTER
    }

    private record Scripted(At at, Fault fault) {}

    private final Supplier<Producer<byte[], byte[]>> real;
    private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();

    ScriptedProducers(Supplier<Producer<byte[], byte[]>> real) {
        this.real = real;
    }

    /** The fault is going to happen at this step, with what it takes to come there. */
    void script(At at, Fault fault) {
        if (at == At.ABORT || at == At.CLOSE || at == At.INIT) {
            script.add(new Scripted(At.OFFSETS, Fault.TIMES_OUT));
        }
        if (at == At.CLOSE || at == At.INIT) {
            script.add(new Scripted(At.ABORT, Fault.TIMES_OUT));
        }
        script.add(new Scripted(at, fault));
    }

    boolean isPlayed() {
        return script.isEmpty();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> get() {
        Producer<byte[], byte[]> producer = real.get();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> call(producer, method, arguments));
    }

    private Object call(Producer<byte[], byte[]> producer, Method method, Object[] arguments) throws Throwable {
        Scripted next = script.peek();
        if (next == null || !next.at.method.equals(method.getName())) {
            return FaultyProducers.invoke(producer, method, arguments);
        }
        script.remove();
        if (next.fault != Fault.INTERRUPTED_AFTER) {
            happen(next.fault, producer);
        }
        Object result = FaultyProducers.invoke(producer, method, arguments);
        if (next.fault == Fault.INTERRUPTED_AFTER) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private void happen(Fault fault, Producer<byte[], byte[]> producer) {
        switch (fault) {
            case TIMES_OUT -> throw new TimeoutException("no answer");
            case UNKNOWN_ANSWER -> throw new KafkaException("Unhandled error in EndTxnResponse: UNKNOWN_SERVER_ERROR");
            case EXPIRES -> throw new InvalidPidMappingException("expired");
            case FENCED -> {
                try (Producer<byte[], byte[]> other = real.get()) {
                    other.initTransactions();
                }
            }
            case CLOSED -> producer.close(Duration.ZERO);
            case INTERRUPTED_BEFORE -> Thread.currentThread().interrupt();
            case INTERRUPTED_AFTER -> throw new AssertionError();
        }
    }
}
