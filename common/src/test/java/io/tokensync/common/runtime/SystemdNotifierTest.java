package io.tokensync.common.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.failure.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** What arrives on a real socket, as systemd would read it. */
@EnabledOnOs(OS.LINUX)
class SystemdNotifierTest {
    private static final Duration WATCHDOG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final StageStatus status = new StageStatus(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final Health health = new Health(status, alive::get);
    private String address;
    private UnixDatagrams systemd;

    @BeforeEach
    void listen() throws Throwable {
        address = directory.resolve("notify").toString();
        systemd = new UnixDatagrams(address);
    }

    @AfterEach
    void close() {
        systemd.close();
    }

    @Test
    void aStageThatStartsIsAliveAndLookedAtAgainSoon() throws Exception {
        assertThat(notifier(Optional.of(WATCHDOG)).tell()).isLessThan(Duration.ofSeconds(1));
        assertThat(systemd.next()).isEqualTo("STATUS=starting\nWATCHDOG=1\n");
    }

    @Test
    void itIsReadyOnceWhetherItWorksOrWaits() throws Exception {
        SystemdNotifier notifier = notifier(Optional.of(WATCHDOG));
        status.waiting(FailureKind.TRANSIENT, "no broker\nREADY=1");
        assertThat(notifier.tell()).isEqualTo(WATCHDOG.dividedBy(3));
        assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=waiting: no broker READY=1\nWATCHDOG=1\n");
        status.running();
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("STATUS=running\nWATCHDOG=1\n");
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("WATCHDOG=1\n");
    }

    @Test
    void aStageThatStandsStillOrHasFailedDoesNotFeedTheWatchdog() throws Exception {
        SystemdNotifier notifier = notifier(Optional.of(WATCHDOG));
        status.running();
        notifier.tell();
        systemd.next();
        alive.set(false);
        notifier.tell();
        assertThat(systemd.next()).isEmpty();
        alive.set(true);
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("WATCHDOG=1\n");
        status.failed("bug");
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("STATUS=failed: bug\n");
    }

    @Test
    void nobodyIsFedWhoHasNoWatchdog() throws Exception {
        SystemdNotifier notifier = notifier(Optional.empty());
        status.running();
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=running\n");
        notifier.tell();
        assertThat(systemd.next()).isEmpty();
    }

    @Test
    void whatWasNotHeardIsSaidAgain() throws Throwable {
        SystemdNotifier notifier = notifier(Optional.empty());
        status.running();
        systemd.close();
        Files.delete(Path.of(address));
        assertThat(notifier.tell()).isLessThan(Duration.ofSeconds(1));
        systemd = new UnixDatagrams(address);
        notifier.tell();
        assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=running\n");
    }

    @Test
    void itTellsByItselfUntilItIsClosed() throws Throwable {
        String unnamed = "@tokensync-test-" + ProcessHandle.current().pid();
        try (UnixDatagrams elsewhere = new UnixDatagrams(unnamed)) {
            SystemdNotifier notifier = SystemdNotifier.start(Map.of("NOTIFY_SOCKET", unnamed), health).orElseThrow();
            await().until(elsewhere::next, "STATUS=starting\n"::equals);
            status.running();
            await().until(elsewhere::next, "READY=1\nSTATUS=running\n"::equals);
            notifier.stopping();
            assertThat(elsewhere.next()).isEqualTo("STOPPING=1\n");
            notifier.close();
        }
    }

    @Test
    void withoutASocketOrWithoutAnAddressForOneThereIsNone() {
        assertThat(SystemdNotifier.start(Map.of(), health)).isEmpty();
        assertThat(SystemdNotifier.start(Map.of("NOTIFY_SOCKET", "relative"), health)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> UnixDatagramSocket.to("/" + "a".repeat(107)));
    }

    @Test
    void theWatchdogIsForTheProcessThatItNames() {
        assertThat(SystemdNotifier.watchdog(Map.of(), 7)).isEmpty();
        assertThat(SystemdNotifier.watchdog(Map.of("WATCHDOG_USEC", "60000000"), 7)).contains(WATCHDOG);
        assertThat(SystemdNotifier.watchdog(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "7"), 7))
                .contains(WATCHDOG);
        assertThat(SystemdNotifier.watchdog(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "8"), 7)).isEmpty();
    }

    private SystemdNotifier notifier(Optional<Duration> watchdog) throws Exception {
        return new SystemdNotifier(UnixDatagramSocket.to(address), health, watchdog);
    }
}
