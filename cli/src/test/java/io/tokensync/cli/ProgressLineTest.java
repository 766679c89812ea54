package io.tokensync.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.terminal.ProgressLine;
import io.tokensync.standalone.run.Progress;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLineTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final HandClock clock = new HandClock(Instant.EPOCH.plus(Duration.ofDays(1)));
    private OptionalInt columns = OptionalInt.empty();
    private Progress progress = new Progress(1000, 0, 0, 0, 0, 0, 0, List.of());

    @Test
    void aTerminalGetsOneLineThatIsDrawnOver() {
        ProgressLine line = line(true, true);
        clock.advance(Duration.ofSeconds(2));
        progress = new Progress(1000, 500, 500, 500, 500, 480, 1, List.of());
        line.tick();
        line.tick();
        assertThat(text()).isEqualTo("\r\033[K 50 %  records 500  250/s  content 480  SQL errors 1".repeat(2));
    }

    @Test
    void elsewhereThereAreLinesNowAndThenAndOnlyNews() {
        ProgressLine line = line(false, true);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            line.tick();
        }
        assertThat(text().lines()).hasSize(1).first().asString().startsWith("  0 %  records 0");
    }

    @Test
    void untilTheTableHasCaughtUpItShowsWhatIsReadAndPublished() {
        ProgressLine line = line(true, true);
        progress = new Progress(20_000, 6_400, 4_096, 12, 0, 0, 0, List.of());
        line.tick();
        assertThat(text()).startsWith("\r\033[K  0 %  read 6,400  published 4,096  records 12  ");
    }

    @Test
    void itNeverClaimsToBeDoneBeforeItIs() {
        ProgressLine line = line(true, true);
        progress = new Progress(100, 100, 100, 100, 100, 100, 0, List.of());
        line.tick();
        assertThat(text()).contains(" 99 %");
    }

    @Test
    void followingHasNoPercentageAndNamesWhoWaits() {
        ProgressLine line = line(true, false);
        progress = new Progress(0, 0, 0, 7, 7, 7, 3, List.of("writer waits: SQL error 40613"));
        line.tick();
        assertThat(text()).doesNotContain("%  ").endsWith("SQL errors 3  writer waits: SQL error 40613");
    }

    @Test
    void aLineIsNoWiderThanTheTerminalWhichChanges() {
        ProgressLine line = line(true, false);
        progress = new Progress(0, 0, 0, 7, 7, 7, 3, List.of("writer waits: SQL error 40613"));
        columns = OptionalInt.of(30);
        line.tick();
        assertThat(text()).isEqualTo("\r\033[Krecords 7  0/s  content 7  S…");
        columns = OptionalInt.of(20);
        clock.advance(Duration.ofSeconds(10));
        line.tick();
        assertThat(text()).endsWith("\r\033[Krecords 7  1/s  co…");
    }

    private ProgressLine line(boolean terminal, boolean percentages) {
        return new ProgressLine(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, () -> columns,
                percentages, clock,
                () -> progress);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
