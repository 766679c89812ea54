package io.tokensync.cli.local;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.tokensync.cli.terminal.ProgressLine;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.standalone.run.LocalPipeline;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.standalone.run.WaitMessages;

/** Shows a person how far a run in one process is, and sees when it ends. */
public final class RunFollower {
    /** Between two looks whether it has ended. */
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS_PER_REDRAW = 5;

    private final LocalRun run;
    private final LocalPipeline pipeline;
    private final Clock clock;
    private final PrintStream out;

    public RunFollower(LocalRun run, LocalPipeline pipeline, Clock clock, PrintStream out) {
        this.run = run;
        this.pipeline = pipeline;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Draws the progress line until everything is done, or the signal comes.
     *
     * @param once whether there is an end; else only the signal ends it
     * @param waits says what the stages wait for
     * @return how long it took until everything was done; empty when the signal came first
     * @throws io.tokensync.standalone.run.StageFailedException when a stage has failed
     */
    public Optional<Duration> follow(boolean once, StopSignal stop, WaitMessages waits) throws InterruptedException {
        Instant started = clock.instant();
        ProgressLine line = new ProgressLine(out, Terminal.isInteractive(), Terminal::width, once, clock,
                pipeline::progress);
        ProgressLog log = new ProgressLog(clock, pipeline::progress, once);
        try {
            for (int look = 1; !stop.await(LOOK); look++) {
                if (look % LOOKS_PER_REDRAW == 0) {
                    draw(waits, line);
                    log.tick();
                }
                run.failIfSomethingHasFailed();
                if (once && pipeline.isDone()) {
                    log.done();
                    return Optional.of(Duration.between(started, clock.instant()));
                }
            }
            return Optional.empty();
        } finally {
            line.clear();
        }
    }

    private void draw(WaitMessages waits, ProgressLine line) {
        List<String> news = waits.news(pipeline.waits());
        if (!news.isEmpty()) {
            line.clear();
            news.forEach(out::println);
        }
        line.tick();
    }
}
