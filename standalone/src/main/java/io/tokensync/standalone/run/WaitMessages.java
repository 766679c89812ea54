package io.tokensync.standalone.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a person what is waited for: a line when it begins, again now and then, and when it ends. Gives up behind a bound,
 * where there is one. Not thread-safe; the command's own thread asks.
 */
public final class WaitMessages {
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Clock clock;
    private final Optional<Duration> bound;
    private final Map<String, Shown> shown = new HashMap<>();

    private record Shown(Instant since, Instant said) {}

    /**
     * Somebody who waits.
     *
     * @param who or what is waited for: {@code the writer}, {@code the database at sql.example.com}
     * @param since when it began
     * @param cause in words
     */
    public record Wait(String who, Instant since, String cause) {}

    /** @param bound after which waiting is given up; empty to wait as long as it takes */
    public WaitMessages(Clock clock, Optional<Duration> bound) {
        this.clock = clock;
        this.bound = bound;
    }

    /**
     * The lines to print now.
     *
     * @param now everything that waits
     * @throws WaitedTooLongException when one of them has waited for longer than the bound
     */
    public List<String> news(List<Wait> now) {
        List<String> lines = new ArrayList<>();
        for (String who : List.copyOf(shown.keySet())) {
            if (now.stream().noneMatch(wait -> wait.who().equals(who))) {
                lines.add(who + " goes on, after " + text(since(shown.remove(who).since())));
            }
        }
        for (Wait wait : now) {
            Instant since = shown.containsKey(wait.who()) ? shown.get(wait.who()).since() : wait.since();
            if (bound.filter(longest -> since(since).compareTo(longest) >= 0).isPresent()) {
                throw new WaitedTooLongException(wait.who() + " waits since " + since + ", for longer than --wait "
                        + text(bound.get()) + ": " + wait.cause()
                        + "; nothing is lost, and the next run goes on from here");
            }
            line(wait, since).ifPresent(lines::add);
        }
        return lines;
    }

    /** What is left of this pause before somebody has to decide; never nothing, so that one more attempt is made. */
    public Duration withinBound(Duration pause) {
        Optional<Instant> first = shown.values().stream().map(Shown::since).min(Instant::compareTo);
        if (bound.isEmpty() || first.isEmpty()) {
            return pause;
        }
        Duration left = bound.get().minus(since(first.get()));
        Duration shorter = left.compareTo(pause) < 0 ? left : pause;
        return shorter.isPositive() ? shorter : Duration.ofMillis(1);
    }

    private Optional<String> line(Wait wait, Instant since) {
        Shown before = shown.get(wait.who());
        if (before != null && since(before.said()).compareTo(AGAIN) < 0) {
            return Optional.empty();
        }
        shown.put(wait.who(), new Shown(since, clock.instant()));
        String already = before == null ? "" : ", for " + text(since(since)) + " now";
        return Optional.of(wait.who() + " waits" + already + ": " + wait.cause());
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
