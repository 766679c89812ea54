package io.tokensync.bench.scanner;

import java.util.ArrayList;
import java.util.List;

/** Keeps the processors busy: whoever else wants one waits for it, and loses it again. */
final class BusyHost implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    private BusyHost() {}

    /** Starts so many threads that each could use a whole processor. */
    static BusyHost start(int threads) {
        BusyHost host = new BusyHost();
        for (int i = 0; i < threads; i++) {
            host.threads.add(Thread.ofPlatform().daemon().name("busy-host-" + i).start(host::spin));
        }
        return host;
    }

    private void spin() {
        while (!stop) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
