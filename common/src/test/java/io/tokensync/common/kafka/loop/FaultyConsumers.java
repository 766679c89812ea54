package io.tokensync.common.kafka.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/** Real members of a group that a limited number of times fail while they have partitions. */
final class FaultyConsumers implements Supplier<Consumer<byte[], byte[]>> {
    private final Supplier<Consumer<byte[], byte[]>> real;
    private final RandomGenerator random;
    private final int limit;
    private final AtomicInteger faults = new AtomicInteger();

    FaultyConsumers(Supplier<Consumer<byte[], byte[]>> real, RandomGenerator random, int limit) {
        this.real = real;
        this.random = random;
        this.limit = limit;
    }

    int faults() {
        return faults.get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Consumer<byte[], byte[]> get() {
        Consumer<byte[], byte[]> consumer = real.get();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Consumer.class}, (_, method, arguments) -> {
                    boolean polls = method.getName().equals("poll");
                    if (polls && !consumer.assignment().isEmpty() && faults.get() < limit && random.nextInt(3) == 0) {
                        faults.incrementAndGet();
                        throw new TimeoutException("a member that fails");
                    }
                    return invoke(consumer, method, arguments);
                });
    }

    private static Object invoke(Consumer<byte[], byte[]> consumer, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
