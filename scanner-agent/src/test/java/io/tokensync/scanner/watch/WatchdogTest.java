package io.tokensync.scanner.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WatchdogTest {
    private static final Path HANGING = Path.of("/nodes/hanging");
    private static final Path OTHER = Path.of("/nodes/other");

    private static final AtomicInteger TESTS = new AtomicInteger();
    private final String name = "watched-by-test-" + TESTS.incrementAndGet();
    private final Watchdog watchdog = new Watchdog(name, Duration.ofSeconds(1), Clock.systemUTC());
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        answer.countDown();
        watchdog.close();
    }

    @Test
    void whatHangsIsNamedAndCostsNobodyElseAnything() throws Exception {
        assertThatThrownBy(this::hang).isInstanceOfSatisfying(HangException.class,
                e -> assertThat(e.hang().describe()).contains("opening it", "no progress for 1.0 s"));
        assertThat(watchdog.call(OTHER, "opening it", _ -> "done").toString()).isEqualTo("done");
    }

    @Test
    void aPlaceThatStillHangsIsNotStartedAgainAndIsWhenItDoesNot() throws Exception {
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(this::hang).isInstanceOf(HangException.class);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> watchdog.call(HANGING, "opening it", _ -> started.incrementAndGet()))
                    .isInstanceOf(HangException.class);
        }
        assertThat(started).hasValue(0);
        assertThat(threads()).isLessThanOrEqualTo(2);
        answer.countDown();
        await().untilAsserted(
                () -> assertThat(watchdog.<Integer, RuntimeException>call(HANGING, "opening it", _ -> 1)).isEqualTo(1));
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsClosedWhenItComes() {
        AtomicBoolean closed = new AtomicBoolean();
        assertThatThrownBy(() -> watchdog.call(HANGING, "opening it", _ -> {
            answer.await();
            return (AutoCloseable) () -> closed.set(true);
        })).isInstanceOf(HangException.class);
        assertThat(closed).isFalse();
        answer.countDown();
        await().untilTrue(closed);
    }

    @Test
    void whatBelongsToAPlaceThatHangsIsClosedAfterIt() {
        AtomicBoolean closed = new AtomicBoolean();
        assertThatThrownBy(this::hang).isInstanceOf(HangException.class);
        watchdog.close(HANGING, () -> closed.set(true));
        assertThat(closed).isFalse();
        answer.countDown();
        await().untilTrue(closed);
    }

    @Test
    void whatMakesProgressIsWaitedForAsLongAsItTakes() throws Exception {
        int steps = watchdog.<Integer, RuntimeException>call(OTHER, "copying it", progress -> {
            int done = 0;
            while (!answer.await(50, TimeUnit.MILLISECONDS) && done < 60) {
                progress.made();
                done++;
            }
            return done;
        });
        assertThat(steps).isEqualTo(60);
    }

    @Test
    void whatFailsFailsAsItDid() {
        assertThatThrownBy(() -> watchdog.call(OTHER, "opening it", _ -> {
            throw new IOException("no");
        })).isInstanceOf(IOException.class).hasMessage("no");
    }

    private Object hang() throws Exception {
        return watchdog.call(HANGING, "opening it", _ -> {
            answer.await();
            return null;
        });
    }

    private long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name)).count();
    }
}
