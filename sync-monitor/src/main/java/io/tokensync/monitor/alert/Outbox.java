package io.tokensync.monitor.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.alert.Alert.Level;

/**
 * The messages on their way to one channel: at most a hundred, one after the other with a pause between them, each tried
 * a few times. What does not fit is counted and reported in the next message.
 */
final class Outbox implements AutoCloseable {
    static final int LONGEST = 100;
    static final int ATTEMPTS = 6;

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    /** Telegram takes twenty messages a minute to a group. */
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final BlockingQueue<Alert> waiting = new ArrayBlockingQueue<>(LONGEST);
    private final AtomicInteger lost = new AtomicInteger();
    private final AlertChannel channel;
    private final Metrics metrics;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Thread thread;

    private Outbox(AlertChannel channel, Metrics metrics, Clock clock, Sleeper sleeper) {
        this.channel = channel;
        this.metrics = metrics;
        this.clock = clock;
        this.sleeper = sleeper;
        this.thread = Thread.ofPlatform().daemon().name("alerts-" + channel.name()).unstarted(this::run);
    }

    static Outbox start(AlertChannel channel, Metrics metrics, Clock clock, Sleeper sleeper) {
        Outbox outbox = new Outbox(channel, metrics, clock, sleeper);
        for (String outcome : List.of("sent", "failed", "dropped")) {
            metrics.counter(MetricNames.MONITOR_ALERTS, channel.name(), outcome);
        }
        outbox.thread.start();
        return outbox;
    }

    /** Takes the message, or counts it as lost; never waits. */
    void put(Alert alert) {
        if (!waiting.offer(alert)) {
            lost.incrementAndGet();
            count("dropped");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                deliver(waiting.take());
                int missing = lost.getAndSet(0);
                if (missing > 0) {
                    deliver(new Alert(Level.WARNING, missing + " messages were left out", "too many were waiting; the "
                            + "status page has everything", clock.instant()));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Alert alert) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1;; attempt++) {
            try {
                channel.send(alert);
                count("sent");
                sleeper.sleep(PAUSE);
                return;
            } catch (NotDelivered e) {
                if (!e.isWorthTrying() || attempt == ATTEMPTS) {
                    giveUp(alert, e);
                    return;
                }
                sleeper.sleep(longer(wait, e.asked()));
                wait = wait.multipliedBy(2);
            }
        }
    }

    private void giveUp(Alert alert, NotDelivered why) {
        count("failed");
        log.atWarn().setMessage("alert not delivered").addKeyValue("channel", channel.name())
                .addKeyValue("title", alert.title()).addKeyValue("reason", why.getMessage()).log();
    }

    private void count(String outcome) {
        metrics.counter(MetricNames.MONITOR_ALERTS, channel.name(), outcome).increment();
    }

    private static Duration longer(Duration wait, Duration asked) {
        Duration longest = wait.compareTo(asked) > 0 ? wait : asked;
        return longest.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longest;
    }
}
