package io.tokensync.scanner.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says each problem once when it comes and once when it is gone, however many passes meet it. One thread. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Set<Problem> standing = new HashSet<>();

    /** Takes the problems of a pass. */
    public void report(List<Problem> problems) {
        Set<Problem> now = new HashSet<>(problems);
        for (Problem problem : problems) {
            if (!standing.contains(problem)) {
                log.atLevel(problem.kind().harmless() ? Level.INFO : Level.WARN).setMessage(problem.describe())
                        .addKeyValue("problem", problem.kind().code()).log();
            }
        }
        standing.stream().filter(problem -> !now.contains(problem))
                .forEach(problem -> log.atInfo().setMessage("over: " + problem.path() + ": " + problem.reason())
                        .addKeyValue("problem", problem.kind().code()).log());
        standing = now;
    }
}
