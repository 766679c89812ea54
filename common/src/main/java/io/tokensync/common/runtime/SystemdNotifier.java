package io.tokensync.common.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the stage stands, for units of {@code Type=notify}: that it is ready, what it waits for, and, while it
 * is alive, that it need not be killed by the watchdog. A stage that nobody has started with {@code NOTIFY_SOCKET} has none.
 */
final class SystemdNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SystemdNotifier.class);
    private static final Duration UNTIL_READY = Duration.ofMillis(200);
    private static final Duration WITHOUT_WATCHDOG = Duration.ofSeconds(10);
    /** So often within the watchdog's time, so that a busy machine is no reason to be killed. */
    private static final int PINGS = 3;
    private static final int LONGEST_STATUS = 300;
    /** A line break would begin another assignment. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final UnixDatagramSocket socket;
    private final Health health;
    private final Optional<Duration> watchdog;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("systemd-notifier").unstarted(this::run);
    private boolean ready;
    private String said = "";
    private boolean complained;

    /** @param watchdog within which systemd wants to hear that the stage is alive; empty when it does not */
    SystemdNotifier(UnixDatagramSocket socket, Health health, Optional<Duration> watchdog) {
        this.socket = socket;
        this.health = health;
        this.watchdog = watchdog;
    }

    /** Starts to tell, where somebody listens; what cannot be told is logged, and is no reason not to work. */
    static Optional<SystemdNotifier> start(Map<String, String> environment, Health health) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            SystemdNotifier notifier = new SystemdNotifier(UnixDatagramSocket.to(address), health,
                    watchdog(environment, ProcessHandle.current().pid()));
            notifier.thread.start();
            return Optional.of(notifier);
        } catch (IOException | IllegalArgumentException e) {
            log.atWarn().setMessage("systemd cannot be told how this stage stands, which goes on")
                    .addKeyValue("socket", address).setCause(e).log();
            return Optional.empty();
        }
    }

    /** The watchdog's time; empty without one, and when it is meant for another process. */
    static Optional<Duration> watchdog(Map<String, String> environment, long process) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String meant = environment.getOrDefault("WATCHDOG_PID", "");
        return micros.isEmpty() || (!meant.isEmpty() && !meant.equals(Long.toString(process)))
                ? Optional.empty()
                : Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    }

    /** Says what is new, and that the stage is alive if it is; returns how long to wait until the next time. */
    Duration tell() {
        StringBuilder message = new StringBuilder();
        boolean becomesReady = !ready && health.isReady();
        if (becomesReady) {
            message.append("READY=1\n");
        }
        String status = status(health.status().snapshot());
        if (!status.equals(said)) {
            message.append("STATUS=").append(status).append('\n');
        }
        if (watchdog.isPresent() && health.isAlive()) {
            message.append("WATCHDOG=1\n");
        }
        if (message.isEmpty() || send(message.toString())) {
            ready |= becomesReady;
            said = status;
        }
        Duration often = watchdog.map(time -> time.dividedBy(PINGS)).orElse(WITHOUT_WATCHDOG);
        return ready || often.compareTo(UNTIL_READY) < 0 ? often : UNTIL_READY;
    }

    /**
     * Says that the end begins. Said by whoever ends the stage, before it closes: once the process is asked to end, nobody
     * waits for what comes after the stage itself is closed.
     */
    void stopping() {
        boolean _ = send("STOPPING=1\n");
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    private void run() {
        try {
            Duration wait = tell();
            while (!closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = tell();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean send(String message) {
        try {
            socket.send(message.getBytes(StandardCharsets.UTF_8));
            complained = false;
            return true;
        } catch (IOException e) {
            if (!complained) {
                log.atWarn().setMessage("systemd was not told how this stage stands; tried again").setCause(e).log();
            }
            complained = true;
            return false;
        }
    }

    private static String status(StageStatus.Snapshot now) {
        String state = now.state().name().toLowerCase(Locale.ROOT);
        String text = now.cause() == null ? state : state + ": " + now.cause();
        String line = CONTROL.matcher(text).replaceAll(" ");
        return line.length() <= LONGEST_STATUS ? line : line.substring(0, LONGEST_STATUS) + "…";
    }
}
