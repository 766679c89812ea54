package io.tokensync.monitor.probe;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.StageView;

/** The rates and the backlog of the last ten minutes or so, for charts. Of this process only: it begins empty. */
public final class History {
    private static final int LONGEST = 300;

    private final MonitorViews views;
    private final Supplier<Backlog> backlog;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * One moment.
     *
     * @param at when
     * @param rates rows a second of scanner, enricher and writer
     * @param behind records that enricher and writer are behind; -1 when nobody knows
     */
    public record Sample(Instant at, List<Double> rates, List<Long> behind) {}

    public History(MonitorViews views, Supplier<Backlog> backlog, Clock clock) {
        this.views = views;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Takes a sample. */
    public void look() {
        List<Double> rates = views.fleet().stages().stream().map(StageView::rowsPerSecond).toList();
        Backlog now = backlog.get();
        Sample sample = new Sample(clock.instant(), rates,
                List.of(now.records().getOrDefault("enricher", -1L), now.records().getOrDefault("writer", -1L)));
        synchronized (samples) {
            samples.addLast(sample);
            if (samples.size() > LONGEST) {
                samples.removeFirst();
            }
        }
    }

    /** All samples, the earliest first. */
    public List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }
}
