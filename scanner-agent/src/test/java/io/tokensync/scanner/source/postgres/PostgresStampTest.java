package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresStampTest {
    private static final PostgresStamp THEN = stamp("1/f", 100, 100, "7/9:1:2:3");
    private static final String REMEMBERED = THEN.rememberedAt(Instant.EPOCH);

    @Test
    void nothingHasChangedWhileNoTransactionHasWritten() {
        assertThat(stamp("1/f", 100, 100, "7/9:1:2:4").isUnchanged(REMEMBERED)).isTrue();
        assertThat(stamp("1/f", 101, 101, "7/9:1:2:4").isUnchanged(REMEMBERED)).isFalse();
        assertThat(THEN.isUnchanged(null)).isFalse();
        assertThat(THEN.isUnchanged("8:1 1700000000 4096")).as("of a file").isFalse();
    }

    @Test
    void aTransactionThatWasUnderWayMayHaveEnded() {
        String underWay = stamp("1/f", 99, 100, "7/9:1:2:3").rememberedAt(Instant.EPOCH);
        assertThat(stamp("1/f", 100, 100, "7/9:1:2:4").isUnchanged(underWay)).isFalse();
    }

    @Test
    void othersMayWriteWhileTheCountersStandStill() {
        assertThat(stamp("1/f", 200, 200, "7/9:1:2:3").isUnchanged(REMEMBERED)).isTrue();
        assertThat(stamp("2/f", 200, 200, "7/9:1:2:3").isUnchanged(REMEMBERED)).as("another start").isFalse();
    }

    @Test
    void rowsOfBeforeNeedNotBeReadAsLongAsTheirPlacesAndIdsAreWhatTheyWere() {
        assertThat(stamp("1/f", 150, 160, "7/9:5:6:7").readBefore(REMEMBERED)).hasValue(BigInteger.valueOf(100));
        assertThat(stamp("1/f", 150, 160, "7/10:5:6:7").readBefore(REMEMBERED)).as("another file").isEmpty();
        assertThat(stamp("2/f", 150, 160, "7/9:5:6:7").readBefore(REMEMBERED)).as("another start").isEmpty();
        assertThat(stamp("1/f", 90, 90, "7/9:5:6:7").readBefore(REMEMBERED)).as("ids run backwards").isEmpty();
        assertThat(stamp("1/f", 150, 100 + (1L << 30), "7/9:5:6:7").readBefore(REMEMBERED)).as("too long ago")
                .isEmpty();
        assertThat(THEN.readBefore(null)).isEmpty();
    }

    private static PostgresStamp stamp(String server, long oldest, long next, String tables) {
        return new PostgresStamp(server, "5", BigInteger.valueOf(oldest), BigInteger.valueOf(next), tables,
                Instant.EPOCH);
    }
}
