package io.tokensync.cli.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tokensync.standalone.run.Progress;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ProgressLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HandClock clock = new HandClock(Instant.EPOCH);
    private Progress progress = new Progress(1000, 250, 250, 250, 240, 200, 1, List.of());

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void itSaysNowAndThenWhatHasMovedInTheFormOfTheOldTool() {
        ProgressLog log = new ProgressLog(clock, () -> progress, true);
        for (int second = 0; second < 100; second++) {
            clock.advance(Duration.ofSeconds(1));
            log.tick();
        }
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(
                "Progress: 25.0% | Records: 250 | Rate: 8.3/sec | IPFS Success: 200 | SQL Errors: 1");
        progress = new Progress(1000, 1000, 1000, 1000, 990, 900, 1, List.of());
        log.done();
        assertThat(lines.list.getLast().getFormattedMessage())
                .startsWith("Progress: 100.0% | Records: 1,000 | Rate: 10");
    }

    @Test
    void aRunThatFollowsHasNoPercentage() {
        ProgressLog log = new ProgressLog(clock, () -> progress, false);
        clock.advance(Duration.ofMinutes(1));
        log.tick();
        assertThat(lines.list.getFirst().getFormattedMessage()).startsWith("Progress: following | Records: 250 | ");
    }
}
