package io.tokensync.cli.terminal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows how far a run is: one line that is drawn over itself on a terminal, a plain line now and then elsewhere. Not
 * thread-safe; the command's own thread draws it.
 */
public final class ProgressLine {
    private static final String OVER = "\r\033[K";
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
    private static final double MILLIS = 1000.0;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean percentages;
    private final Clock clock;
    private final Supplier<Progress> progress;
    private final Instant started;
    private Instant lastDrawn;
    private String lastText = "";

    public ProgressLine(PrintStream out, boolean terminal, boolean percentages, Clock clock,
            Supplier<Progress> progress) {
        this.out = out;
        this.terminal = terminal;
        this.percentages = percentages;
        this.clock = clock;
        this.progress = progress;
        this.started = clock.instant();
        this.lastDrawn = started;
    }

    /** Draws when it is time to: at each call on a terminal, else every few seconds and only news. */
    public void tick() {
        Instant now = clock.instant();
        if (terminal) {
            out.print(OVER + text(progress.get(), now));
            out.flush();
        } else if (Duration.between(lastDrawn, now).compareTo(PLAIN_INTERVAL) >= 0) {
            lastDrawn = now;
            printNews(text(progress.get(), now));
        }
    }

    /** Leaves the terminal's line as it was, so that a report can follow. */
    public void clear() {
        if (terminal) {
            out.print(OVER);
            out.flush();
        }
    }

    private void printNews(String text) {
        if (!text.equals(lastText)) {
            out.println(text);
            lastText = text;
        }
    }

    String text(Progress now, Instant at) {
        StringBuilder text = new StringBuilder();
        if (percentages) {
            text.append(String.format(Locale.ROOT, "%3d %%  ", now.percent()));
        }
        text.append(String.format(Locale.ROOT, "records %,d  %,d/s  content %,d  SQL errors %,d", now.done(),
                rate(now, at), now.fetched(), now.sqlErrors()));
        now.waiting().forEach(stage -> text.append("  ").append(stage));
        return text.toString();
    }

    private long rate(Progress now, Instant at) {
        long millis = Duration.between(started, at).toMillis();
        return millis == 0 ? 0 : Math.round(now.done() * MILLIS / millis);
    }
}
