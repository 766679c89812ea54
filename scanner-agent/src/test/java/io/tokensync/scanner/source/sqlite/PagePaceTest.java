package io.tokensync.scanner.source.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PagePaceTest {
    private static final PageLimit LIMIT = new PageLimit(500, Duration.ofMillis(10).toNanos(), 1_000);
    private static final long SHORT = Duration.ofMillis(1).toNanos();

    private final List<Duration> rests = new ArrayList<>();

    @Test
    void pagesGrowWhileTheyAreShort() throws Exception {
        PagePace pace = new PagePace(LIMIT, true, rests::add);
        List<Integer> rows = new ArrayList<>();
        for (int page = 0; page < 6; page++) {
            rows.add(pace.next().rows());
            pace.took(SHORT);
        }
        assertThat(rows).containsExactly(50, 100, 200, 400, 500, 500);
        assertThat(rests).isEmpty();
    }

    @Test
    void aPageThatTookTooLongMakesTheNextSmallerAndTheRestAsLongAsItWas() throws Exception {
        PagePace pace = new PagePace(LIMIT, true, rests::add);
        for (int page = 0; page < 5; page++) {
            pace.next();
            pace.took(SHORT);
        }
        pace.took(Duration.ofMillis(120).toNanos());
        assertThat(pace.next().rows()).isEqualTo(125);
        pace.took(Duration.ofMinutes(1).toNanos());
        assertThat(pace.next().rows()).isEqualTo(PagePace.FEWEST_ROWS);
        assertThat(rests).containsExactly(Duration.ofMillis(120), Duration.ofMillis(500));
    }

    @Test
    void itRestsBeforeEachPageUntilManyInARowWereShort() throws Exception {
        PagePace pace = new PagePace(LIMIT, true, rests::add);
        pace.took(Duration.ofMillis(8).toNanos());
        for (int page = 0; page < 2 * PagePace.CAREFUL_PAGES; page++) {
            pace.next();
            pace.took(SHORT);
        }
        assertThat(rests).hasSize(PagePace.CAREFUL_PAGES + 1).startsWith(Duration.ofMillis(8), PagePace.REST)
                .endsWith(PagePace.REST);
    }

    @Test
    void whereNoWriterWaitsPagesAreAsLargeAsTheyMayBe() throws Exception {
        PagePace pace = new PagePace(LIMIT, false, rests::add);
        assertThat(pace.next()).isEqualTo(LIMIT);
        pace.took(Duration.ofMinutes(1).toNanos());
        assertThat(pace.next()).isEqualTo(LIMIT);
        assertThat(rests).isEmpty();
    }

    @Test
    void smallPagesStaySmall() throws Exception {
        PagePace pace = new PagePace(new PageLimit(10, 1_000_000, 1_000), true, rests::add);
        assertThat(pace.next().rows()).isEqualTo(10);
        pace.took(Duration.ofSeconds(1).toNanos());
        assertThat(pace.next().rows()).isEqualTo(10);
    }
}
