package io.tokensync.writer.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows.Deleted;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration KEEP = Duration.ofDays(90);

    private Instant now = NOW;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final List<Instant> asked = new ArrayList<>();
    private int left;
    private boolean denied;

    @Test
    void rowsAreDeletedAtTheirTimesAndWhatIsTooManyAtTheNextLook() throws Exception {
        Expiry expiry = new Expiry(this::deleteSome, Retention.ofSessions(KEEP), clock);
        left = 14;
        expiry.look();
        assertThat(left).isEqualTo(4);
        expiry.look();
        assertThat(left).isZero();
        assertThat(asked).hasSize(15).containsOnly(NOW.minus(KEEP));
        expiry.look();
        assertThat(asked).hasSize(15);
        now = NOW.plus(Duration.ofMinutes(59));
        expiry.look();
        assertThat(asked).hasSize(15);
        now = NOW.plus(Duration.ofHours(1));
        expiry.look();
        assertThat(asked).hasSize(16).endsWith(now.minus(KEEP));
    }

    @Test
    void theHistoryIsGoneThroughOnceADay() throws Exception {
        Expiry expiry = new Expiry(this::deleteSome, Retention.ofVersions(KEEP), clock);
        expiry.look();
        now = NOW.plus(Duration.ofHours(23));
        expiry.look();
        assertThat(asked).hasSize(1);
        now = NOW.plus(Duration.ofHours(24));
        expiry.look();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFailureDelaysNothingAndIsTriedAgainInAnHour() throws Exception {
        Expiry expiry = new Expiry(this::deleteSome, Retention.ofVersions(KEEP), clock);
        left = 1;
        denied = true;
        expiry.look();
        expiry.look();
        assertThat(asked).hasSize(1);
        denied = false;
        now = NOW.plus(Duration.ofHours(1));
        expiry.look();
        assertThat(left).isZero();
    }

    @Test
    void nothingMeansForEver() throws Exception {
        new Expiry(this::deleteSome, Retention.ofVerifications(Duration.ZERO), clock).look();
        assertThat(asked).isEmpty();
    }

    private Deleted deleteSome(Instant before) throws SqlFailure {
        asked.add(before);
        if (denied) {
            throw new SqlFailure(FailureKind.ENVIRONMENT, 229, "42000", "DELETE was denied", null);
        }
        int some = Math.min(left, 1);
        left -= some;
        return new Deleted(some, some == 0);
    }
}
