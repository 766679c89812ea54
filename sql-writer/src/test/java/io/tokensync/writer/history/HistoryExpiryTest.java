package io.tokensync.writer.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryExpiryTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration KEEP = Duration.ofDays(400);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Clock clock = new MovedClock(now);
    private final OwnThread thread = new OwnThread("test-history", Duration.ofSeconds(10));
    private final List<Long> places = new ArrayList<>();
    private final List<Instant> befores = new ArrayList<>();
    private long last = 2;
    private boolean failing;

    /** Says what it is told. */
    private static final class MovedClock extends Clock {
        private final AtomicReference<Instant> now;

        MovedClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void aPassGoesThroughAllOnceADay() throws Exception {
        HistoryExpiry expiry = expiry(KEEP);
        expiry.look();
        assertThat(places).containsExactly(0L, 1L, 2L);
        assertThat(befores).containsOnly(NOW.minus(KEEP));
        now.set(NOW.plus(Duration.ofHours(23)));
        expiry.look();
        assertThat(places).hasSize(3);
        now.set(NOW.plus(Duration.ofHours(24)));
        expiry.look();
        assertThat(places).hasSize(6);
    }

    @Test
    void aLongPassIsContinuedAtTheNextLook() throws Exception {
        last = 14;
        HistoryExpiry expiry = expiry(KEEP);
        expiry.look();
        assertThat(places).hasSize(10).endsWith(9L);
        expiry.look();
        assertThat(places).hasSize(15).endsWith(14L);
        expiry.look();
        assertThat(places).hasSize(15);
    }

    @Test
    void aFailureIsTriedAgainInAnHourFromTheSamePlace() throws Exception {
        HistoryExpiry expiry = expiry(KEEP);
        failing = true;
        expiry.look();
        expiry.look();
        assertThat(places).containsExactly(0L);
        failing = false;
        now.set(NOW.plus(Duration.ofHours(1)));
        expiry.look();
        assertThat(places).containsExactly(0L, 0L, 1L, 2L);
    }

    @Test
    void whatIsKeptForEverIsNotLookedAt() throws Exception {
        expiry(Duration.ZERO).look();
        assertThat(places).isEmpty();
    }

    private HistoryExpiry expiry(Duration keep) {
        return new HistoryExpiry(this::deleteSome, thread, keep, clock);
    }

    private OldVersions.Step deleteSome(Instant before, long place) throws SqlFailure {
        places.add(place);
        befores.add(before);
        if (failing) {
            throw new SqlFailure(FailureKind.ENVIRONMENT, 229, null, "denied", null);
        }
        return place == last ? new OldVersions.Step(0, OldVersions.START) : new OldVersions.Step(1, place + 1);
    }
}
