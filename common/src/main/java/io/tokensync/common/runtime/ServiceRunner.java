package io.tokensync.common.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service from start to end in the calling thread: until its work is done, it fails, or the JVM is asked to end
 * (Ctrl-C, SIGTERM). Closing has a bound: a service that hangs while closing is left behind, since whatever it has not
 * committed is done again at the next start.
 */
public final class ServiceRunner {
    /** Exit code: ended in order. */
    public static final int DONE = 0;
    /** Exit code: start, work or close failed. */
    public static final int FAILED = 1;

    private static final Logger log = LoggerFactory.getLogger(ServiceRunner.class);

    private final String name;
    private final Duration closeBound;
    private final ShutdownHooks hooks;
    private final Runnable whenClosing;
    private final AtomicBoolean closingIsSaid = new AtomicBoolean();

    /**
     * @param name of the stage, for the log
     * @param closeBound how long closing may take
     * @param whenClosing run once, as soon as the end begins; must not fail
     */
    public ServiceRunner(String name, Duration closeBound, ShutdownHooks hooks, Runnable whenClosing) {
        this.name = name;
        this.closeBound = closeBound;
        this.hooks = hooks;
        this.whenClosing = whenClosing;
    }

    /** Starts the service, waits for its end, closes it and returns the exit code; says in the log why it has failed. */
    public int run(Service service) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name(name + "-shutdown").unstarted(() -> endBy(service, ended));
        hooks.add(hook);
        try {
            boolean worked = work(service);
            boolean closed = close(service);
            return worked && closed ? DONE : FAILED;
        } finally {
            ended.countDown();
            hooks.remove(hook);
        }
    }

    private boolean work(Service service) {
        try {
            service.start();
            log.atInfo().setMessage("started").addKeyValue("stage", name).log();
            service.termination().get();
            return true;
        } catch (InterruptedException _) {
            log.atInfo().setMessage("interrupted, closing").addKeyValue("stage", name).log();
            return true;
        } catch (ExecutionException e) {
            return failed("has failed and ends; nothing is lost, the next start goes on where it was", e.getCause());
        } catch (Throwable e) { // errors of the JVM too: the process must end, and say why
            return failed("could not start", e);
        }
    }

    private void endBy(Service service, CountDownLatch ended) {
        log.atInfo().setMessage("asked to end, closing").addKeyValue("stage", name).log();
        close(service);
        try {
            // The runner's own thread has the last word in the log.
            if (!ended.await(closeBound.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().setMessage("closed, but its work has not ended").addKeyValue("stage", name).log();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the service has closed in order and in time. */
    private boolean close(Service service) {
        if (closingIsSaid.compareAndSet(false, true)) {
            whenClosing.run();
        }
        Closing closing = new Closing(service);
        Thread thread = Thread.ofPlatform().daemon().name(name + "-close").start(closing);
        try {
            if (!thread.join(closeBound)) {
                log.atError().setMessage("did not close in time, left behind; the next start goes on where it was")
                        .addKeyValue("stage", name).addKeyValue("bound_ms", closeBound.toMillis()).log();
                return false;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        return closing.failure == null || failed("could not close in order", closing.failure);
    }

    private boolean failed(String what, Throwable cause) {
        log.atError().setMessage(name + " " + what).addKeyValue("cause", String.valueOf(cause)).setCause(cause).log();
        return false;
    }

    private static final class Closing implements Runnable {
        private final Service service;
        private volatile Throwable failure;

        Closing(Service service) {
            this.service = service;
        }

        @Override
        public void run() {
            try {
                service.close();
            } catch (Throwable e) { // handed to the waiting thread
                failure = e;
            }
        }
    }
}
