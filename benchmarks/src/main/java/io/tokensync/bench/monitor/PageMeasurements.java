package io.tokensync.bench.monitor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import io.tokensync.bench.Measurement;
import io.tokensync.common.time.Sleeper;
import io.tokensync.testkit.browser.Browser;
import io.tokensync.testkit.browser.Tab;

/** The page of a monitor that knows many nodes and sessions, in a real browser. */
final class PageMeasurements {
    private static final int SESSIONS_PER_AGENT = 36;
    private static final int WIDTH = 1280;
    private static final int UPDATES = 5;
    private static final double FIRST_PAINT_MILLIS = 1_000;
    private static final double DELAY_MILLIS = 2_000;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String SESSIONS_SHOWN = "document.querySelector('#sessions-count').textContent";

    private final MonitorProcess monitor;
    private final int nodes;
    private final int sessions;
    private final Clock clock;
    private final Consumer<String> say;
    private int cycles;

    PageMeasurements(MonitorProcess monitor, int nodes, int sessions, Clock clock, Consumer<String> say) {
        this.monitor = monitor;
        this.nodes = nodes;
        this.sessions = sessions;
        this.clock = clock;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        say.accept(nodes + " nodes and " + sessions + " sessions ...");
        String last = "";
        while (cycles < sessions) {
            last = cycle();
        }
        monitor.awaitComplete(last);
        Optional<Browser> browser = browser();
        if (browser.isEmpty()) {
            say.accept("SKIPPED: the figures of the page, for there is no Chromium here that starts");
            return List.of();
        }
        try (Browser opened = browser.orElseThrow()) {
            return look(opened.open(WIDTH, WIDTH, false));
        }
    }

    private List<Measurement> look(Tab tab) throws Exception {
        long begin = System.nanoTime();
        tab.go(monitor.page());
        await(tab, "document.querySelectorAll('#nodes-table tbody tr').length > 0");
        double withData = (System.nanoTime() - begin) / 1e6;
        double paint = tab.eval("performance.getEntriesByName('first-contentful-paint')[0].startTime").asDouble();
        double slowest = 0;
        for (int update = 0; update < UPDATES; update++) {
            String before = tab.text(SESSIONS_SHOWN);
            var _ = cycle();
            long sent = System.nanoTime();
            await(tab, SESSIONS_SHOWN + " !== '" + before + "'");
            slowest = Math.max(slowest, (System.nanoTime() - sent) / 1e6);
        }
        return List.of(Measurement.atMost("page: first paint", paint, "ms", FIRST_PAINT_MILLIS),
                Measurement.note("page: first rows in its tables", withData, "ms"),
                Measurement.atMost("page: slowest of " + UPDATES + " updates, from receipt to screen", slowest, "ms",
                        DELAY_MILLIS),
                Measurement.atMost("page: complaints of the browser", tab.complaints().size(), "", 0));
    }

    /** One scan cycle of the next agent over one of its nodes. */
    private String cycle() {
        int agent = cycles / SESSIONS_PER_AGENT;
        String session = new UUID(1, cycles).toString();
        monitor.send(FleetReceipts.small(session, "198.51.100." + agent % 256, cycles % nodes, 100, 1 + cycles * 100L),
                clock.instant());
        cycles++;
        return session;
    }

    private static Optional<Browser> browser() throws InterruptedException {
        try {
            return Browser.installed().isPresent() ? Optional.of(Browser.start()) : Optional.empty();
        } catch (IOException _) { // half installed, or not allowed to run here
            return Optional.empty();
        }
    }

    private void await(Tab tab, String condition) throws InterruptedException {
        Instant end = clock.instant().plus(BOUND);
        while (!tab.eval("Boolean(" + condition + ")").asBoolean()) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException("the page never came to: " + condition);
            }
            Sleeper.system().sleep(LOOK);
        }
    }
}
