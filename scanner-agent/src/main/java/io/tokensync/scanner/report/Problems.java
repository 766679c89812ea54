package io.tokensync.scanner.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says each problem once when it comes and once when it is gone, however many scan cycles meet it; and what still stands
 * again at an interval, so that who reads the log of the last hour reads of it. One thread.
 */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** What still stands is said again after so long. */
    static final Duration REPEATED = Duration.ofMinutes(15);
    /** Of those that still stand so many are said, so that what stands floods nothing. */
    static final int MOST_REPEATED = 20;

    private final Clock clock;
    private Map<Problem, Instant> standing = new LinkedHashMap<>();
    private Instant saidAt;

    public Problems(Clock clock) {
        this.clock = clock;
        this.saidAt = clock.instant();
    }

    /** Takes the problems of a scan cycle. */
    public void report(List<Problem> problems) {
        Instant time = clock.instant();
        Map<Problem, Instant> now = new LinkedHashMap<>();
        for (Problem problem : problems) {
            Instant since = standing.get(problem);
            if (since == null && !now.containsKey(problem)) {
                log.atLevel(problem.kind().harmless() ? Level.INFO : Level.WARN).setMessage(problem.describe())
                        .addKeyValue("problem", problem.kind().code()).log();
            }
            now.putIfAbsent(problem, since == null ? time : since);
        }
        standing.keySet().stream().filter(problem -> !now.containsKey(problem))
                .forEach(problem -> log.atInfo().setMessage("over: " + problem.path() + ": " + problem.reason())
                        .addKeyValue("problem", problem.kind().code()).log());
        standing = now;
        if (!time.isBefore(saidAt.plus(REPEATED))) {
            repeat(saidAt);
            saidAt = time;
        }
    }

    /** Says again what stood already then. */
    private void repeat(Instant then) {
        List<Map.Entry<Problem, Instant>> all = standing.entrySet().stream()
                .filter(entry -> !entry.getKey().kind().harmless() && !entry.getValue().isAfter(then)).toList();
        all.stream().limit(MOST_REPEATED).forEach(entry -> log.atWarn()
                .setMessage("still, since " + entry.getValue().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + entry.getKey().describe())
                .addKeyValue("problem", entry.getKey().kind().code()).log());
        if (all.size() > MOST_REPEATED) {
            log.atWarn().setMessage("and as many problems more still stand; tokensync scanner status names them")
                    .addKeyValue("problems", all.size() - MOST_REPEATED).log();
        }
    }
}
