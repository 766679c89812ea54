package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StarvationTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Starvation starvation = new Starvation(((InstantSource) now::get).withZone(ZoneOffset.UTC));

    @Test
    void aMembershipEndsThatIsGivenNothingForLongThoughRecordsWait() {
        look(true);
        look(true);
        look(false);
        look(true);
        look(true);
        assertThatThrownBy(() -> look(true)).isInstanceOf(TimeoutException.class).hasMessageContaining("leader");
    }

    private void look(boolean starving) {
        starvation.look(starving);
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(70)));
    }
}
