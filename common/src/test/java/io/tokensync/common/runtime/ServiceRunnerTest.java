package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceRunnerTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Logger logger = (Logger) LoggerFactory.getLogger(ServiceRunner.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Hooks hooks = new Hooks();
    private final AtomicInteger said = new AtomicInteger();

    private static final class Hooks implements ShutdownHooks {
        private volatile Thread hook;

        @Override
        public void add(Thread added) {
            hook = added;
        }

        @Override
        public void remove(Thread removed) {
            hook = null;
        }
    }

    /** A service without work: it ends when it is closed or when the test says so. */
    private static class Scripted implements Service {
        final CompletableFuture<Void> termination = new CompletableFuture<>();
        final CountDownLatch started = new CountDownLatch(1);
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void start() {
            started.countDown();
        }

        @Override
        public StageStatus status() {
            return new StageStatus(Clock.systemUTC());
        }

        @Override
        public boolean alive() {
            return !termination.isDone();
        }

        @Override
        public CompletableFuture<Void> termination() {
            return termination;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            termination.complete(null);
        }
    }

    @BeforeEach
    void attach() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void workThatIsDoneEndsWithZero() {
        Scripted service = new Scripted();
        service.termination.complete(null);
        assertThat(run(service, BOUND)).isEqualTo(ServiceRunner.DONE);
        assertThat(service.closed).hasValue(1);
        assertThat(hooks.hook).isNull();
    }

    @Test
    void aFailureEndsWithOneAndSaysWhy() {
        Scripted service = new Scripted();
        service.termination.completeExceptionally(new IllegalStateException("the reason"));
        assertThat(run(service, BOUND)).isEqualTo(ServiceRunner.FAILED);
        assertThat(service.closed).hasValue(1);
        assertThat(errors()).contains("writer has failed").contains("the reason");
    }

    @Test
    void aFailedStartEndsWithOneAndIsClosed() {
        Scripted service = new Scripted() {
            @Override
            public void start() {
                throw new IllegalArgumentException("no such topic");
            }
        };
        assertThat(run(service, BOUND)).isEqualTo(ServiceRunner.FAILED);
        assertThat(service.closed).hasValue(1);
        assertThat(errors()).contains("could not start").contains("no such topic");
    }

    @Test
    void anErrorOfTheJvmEndsWithOne() {
        Scripted service = new Scripted() {
            @Override
            public void start() {
                throw new NoClassDefFoundError("test");
            }
        };
        assertThat(run(service, BOUND)).isEqualTo(ServiceRunner.FAILED);
        assertThat(errors()).contains("NoClassDefFoundError");
    }

    @Test
    void aFailedCloseEndsWithOne() {
        Scripted service = new Scripted() {
            @Override
            public void close() {
                throw new IllegalStateException("cannot flush");
            }
        };
        service.termination.complete(null);
        assertThat(run(service, BOUND)).isEqualTo(ServiceRunner.FAILED);
        assertThat(errors()).contains("could not close in order").contains("cannot flush");
    }

    @Test
    void aCloseThatHangsIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        Scripted service = new Scripted() {
            @Override
            public void close() {
                awaitQuietly(never);
            }
        };
        service.termination.complete(null);
        assertThat(run(service, Duration.ofMillis(20))).isEqualTo(ServiceRunner.FAILED);
        assertThat(errors()).contains("did not close in time");
        never.countDown();
    }

    @Test
    void theShutdownHookClosesTheServiceAndWaitsForTheRunner() throws Exception {
        Scripted service = new Scripted();
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(service, BOUND));
        service.started.await();
        Thread hook = hooks.hook;
        hook.start();
        hook.join();
        assertThat(code.get()).isEqualTo(ServiceRunner.DONE);
        assertThat(service.closed.get()).isPositive();
    }

    /** The JVM ends as soon as its hooks have: whatever the hook does not do itself may not happen. */
    @Test
    void theShutdownHookSaysThatTheEndBeginsBeforeItClosesTheService() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        CompletableFuture<Integer> saidWhenClosed = new CompletableFuture<>();
        Scripted service = new Scripted() {
            @Override
            public void close() {
                saidWhenClosed.complete(said.get());
                awaitQuietly(may);
                super.close();
            }
        };
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(service, BOUND));
        service.started.await();
        Thread hook = hooks.hook;
        hook.start();
        assertThat(saidWhenClosed.get()).isEqualTo(1);
        may.countDown();
        hook.join();
        assertThat(code.get()).isEqualTo(ServiceRunner.DONE);
        assertThat(said).hasValue(1);
    }

    @Test
    void anInterruptedRunnerClosesTheService() throws Exception {
        Scripted service = new Scripted();
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread runner = Thread.ofPlatform().start(() -> code.complete(run(service, BOUND)));
        service.started.await();
        runner.interrupt();
        assertThat(code.get()).isEqualTo(ServiceRunner.DONE);
        assertThat(service.closed).hasValue(1);
    }

    private int run(Service service, Duration bound) {
        return new ServiceRunner("writer", bound, hooks, said::incrementAndGet).run(service);
    }

    private String errors() {
        return logged.list.stream().filter(event -> event.getLevel() == Level.ERROR)
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs()).toList().toString();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
