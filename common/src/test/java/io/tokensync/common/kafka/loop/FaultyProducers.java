package io.tokensync.common.kafka.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** Real producers that sometimes fail around a commit, the way networks make them fail. */
final class FaultyProducers implements Supplier<Producer<byte[], byte[]>> {
    /** What goes wrong. */
    enum Fault {
        /** The request never leaves. */
        TIMEOUT_BEFORE_OFFSETS,
        /** The offsets are in the transaction, the commit is not sent. */
        TIMEOUT_BEFORE_COMMIT,
        /** The commit is done, the answer is lost. */
        ANSWER_LOST_AFTER_COMMIT,
        /** Another producer has taken over. */
        FENCED_BEFORE_COMMIT
    }

    private final Supplier<Producer<byte[], byte[]>> real;
    private final RandomGenerator random;
    private final double rate;
    private final AtomicInteger faults = new AtomicInteger();

    FaultyProducers(Supplier<Producer<byte[], byte[]>> real, RandomGenerator random, double rate) {
        this.real = real;
        this.random = random;
        this.rate = rate;
    }

    int faults() {
        return faults.get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> get() {
        Producer<byte[], byte[]> producer = real.get();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> call(producer, method, arguments));
    }

    private Object call(Producer<byte[], byte[]> producer, Method method, Object[] arguments) throws Throwable {
        if (!Map.of("sendOffsetsToTransaction", 1, "commitTransaction", 1).containsKey(method.getName())
                || random.nextDouble() >= rate) {
            return invoke(producer, method, arguments);
        }
        boolean commit = method.getName().equals("commitTransaction");
        Fault fault = commit ? Fault.values()[random.nextInt(1, Fault.values().length)] : Fault.TIMEOUT_BEFORE_OFFSETS;
        faults.incrementAndGet();
        switch (fault) {
            case TIMEOUT_BEFORE_OFFSETS, TIMEOUT_BEFORE_COMMIT -> throw new TimeoutException(fault.name());
            case FENCED_BEFORE_COMMIT -> throw new ProducerFencedException(fault.name());
            case ANSWER_LOST_AFTER_COMMIT -> {
                invoke(producer, method, arguments);
                throw new TimeoutException(fault.name());
            }
        }
        throw new AssertionError(fault);
    }

    /** Calls the real one, and throws what that throws. */
    static Object invoke(Producer<byte[], byte[]> producer, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(producer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
