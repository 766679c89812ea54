package io.tokensync.scanner.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsTest {
    private static final Problem FULL = new Problem(ProblemKind.COPY_FAILED, Path.of("/n/Rubix/rubix.db"), "no room");
    private static final Problem REMARK = new Problem(ProblemKind.NO_UNIQUE_INDEX, Path.of("/m"), "slow");

    private final HandClock clock = LateClock.create();
    private final Problems problems = new Problems(clock);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Problems.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    ProblemsTest() {
        logged.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(logged);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(logged);
        logger.setLevel(null);
    }

    @Test
    void whatStandsIsSaidAgainAtAnInterval() {
        for (int minute = 0; minute < 60; minute++) {
            problems.report(List.of(FULL, REMARK));
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(lines()).as("remarks are below WARN").hasSize(4).filteredOn(line -> line.startsWith("still, since "))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("rubix.db: no room", "scanner.state-dir"));
        logger.setLevel(Level.INFO);
        problems.report(List.of(REMARK));
        assertThat(lines()).last().asString().isEqualTo("over: /n/Rubix/rubix.db: no room");
    }

    @Test
    void aLotThatStandsFloodsNothing() {
        List<Problem> many = IntStream.range(0, 300)
                .mapToObj(i -> new Problem(ProblemKind.EMPTY_FILE, Path.of("/n" + i), "is empty")).toList();
        problems.report(many);
        logged.list.clear();
        clock.advance(Problems.REPEATED);
        problems.report(many);
        assertThat(lines()).hasSize(Problems.MOST_REPEATED + 1).last().asString()
                .contains("tokensync scanner status");
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
