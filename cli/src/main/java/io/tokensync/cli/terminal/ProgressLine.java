package io.tokensync.cli.terminal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;

import io.tokensync.standalone.run.Progress;

/**
 * Shows how far a run is: one line that is drawn over itself on a terminal, a plain line now and then elsewhere. Not
 * thread-safe; the command's own thread draws it.
 */
public final class ProgressLine {
    private static final String OVER = "\r\033[K";
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(10);
    private static final double MILLIS = 1000.0;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean percentages;
    private final Clock clock;
    private final Supplier<Progress> progress;
    private final Instant started;
    private final Supplier<OptionalInt> columns;
    private Instant measured;
    private int width = Integer.MAX_VALUE;
    private Instant lastDrawn;
    private String lastText = "";

    /**
     * @param terminal whether a line can be drawn over
     * @param columns how wide the terminal is, asked now and then because people change it; empty where nobody knows
     * @param percentages whether there is an end to be expected
     */
    public ProgressLine(PrintStream out, boolean terminal, Supplier<OptionalInt> columns, boolean percentages,
            Clock clock, Supplier<Progress> progress) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
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
            out.print(OVER + TextWidth.cut(text(progress.get(), now), width(now)));
            out.flush();
        } else if (Duration.between(lastDrawn, now).compareTo(PLAIN_INTERVAL) >= 0) {
            lastDrawn = now;
            printNews(text(progress.get(), now));
        }
    }

    /** A line that was wrapped could not be drawn over; one that fills the last column is wrapped by some terminals. */
    private int width(Instant now) {
        if (measured == null || Duration.between(measured, now).compareTo(MEASURED_EVERY) >= 0) {
            measured = now;
            OptionalInt told = columns.get();
            width = told.isPresent() ? Math.max(1, told.getAsInt() - 1) : Integer.MAX_VALUE;
        }
        return width;
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
        if (now.read() > now.done()) {
            text.append(String.format(Locale.ROOT, "read %,d  published %,d  ", now.read(), now.published()));
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
