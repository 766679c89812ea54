package io.tokensync.writer.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

class SessionExpiryTest {
    private static final Duration KEEP = Duration.ofDays(90);
    private final HandClock clock = new HandClock();
    private final OwnThread thread = new OwnThread("test-expiry", Duration.ofSeconds(10));
    private final List<Instant> asked = new ArrayList<>();
    private int left;

    /** Stands still. */
    private static final class HandClock extends Clock {
        private Instant now = Summaries.START;

        @Override
        public Instant instant() {
            return now;
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
    void rowsAreDeletedOnceAnHourAndWhatIsTooManyBehindTheNextBatch() throws Exception {
        SessionExpiry expiry = new SessionExpiry(this::delete, thread, KEEP, clock);
        left = 14;
        expiry.look();
        assertThat(left).isEqualTo(4);
        expiry.look();
        assertThat(left).isZero();
        int before = asked.size();
        expiry.look();
        assertThat(asked).hasSize(before).allMatch(Summaries.START.minus(KEEP)::equals);
        clock.now = clock.now.plus(Duration.ofHours(1));
        expiry.look();
        assertThat(asked).hasSize(before + 1);
    }

    @Test
    void aLoginThatMayNotDeleteDelaysNothing() throws Exception {
        SessionExpiry expiry = new SessionExpiry(_ -> {
            asked.add(clock.instant());
            throw new SqlFailure(FailureKind.ENVIRONMENT, 229, "42000", "DELETE was denied", null);
        }, thread, KEEP, clock);
        expiry.look();
        expiry.look();
        assertThat(asked).hasSize(1);
    }

    @Test
    void nothingMeansForEver() throws Exception {
        new SessionExpiry(this::delete, thread, Duration.ZERO, clock).look();
        assertThat(asked).isEmpty();
    }

    private int delete(Instant before) {
        asked.add(before);
        int some = Math.min(left, 1);
        left -= some;
        return some;
    }
}
