package io.tokensync.chaos.process;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VitalsLogTest {
    private final VitalsLog log = new VitalsLog();

    @Test
    void whatStaysLevelIsNotNamed() {
        for (int second = 0; second <= 600; second += 2) {
            sample(1, second, 200 + second % 50, 40, 100);
        }
        assertThat(log.growth()).isEmpty();
    }

    @Test
    void whatGrowsIsNamed() {
        for (int second = 0; second <= 600; second += 2) {
            sample(1, second, 200 + second, 40 + second / 5, 100 + second / 3);
        }
        assertThat(log.growth()).hasSize(3).anySatisfy(line -> assertThat(line).contains("writer-1", "threads"));
    }

    @Test
    void aProcessThatDiedYoungIsNotJudged() {
        for (int second = 0; second <= 100; second += 2) {
            sample(1, second, 200 + 20 * second, 40, 100);
        }
        assertThat(log.growth()).isEmpty();
        assertThat(log.peaks()).containsEntry(Child.Role.WRITER, new VitalsLog.Peak(2_200, 40, 100));
    }

    private void sample(long pid, int second, long mebibytes, long threads, long descriptors) {
        log.add("writer-1", Child.Role.WRITER, pid, Duration.ofSeconds(second).toNanos(),
                new Vitals(mebibytes, threads, descriptors));
    }
}
