package io.tokensync.simulator.node;

import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GormTimeTest {
    @ParameterizedTest
    @CsvSource({"2024-05-01T10:11:12Z, Z, 2024-05-01 10:11:12+00:00",
            "2024-05-01T10:11:12.120Z, Z, 2024-05-01 10:11:12.12+00:00",
            "2024-05-01T10:11:12.000000001Z, +05:30, 2024-05-01 15:41:12.000000001+05:30",
            "2024-05-01T02:11:12.123456789Z, -08:00, 2024-04-30 18:11:12.123456789-08:00"})
    void timesAreWrittenAsTheNodesDriverDoes(Instant time, String offset, String expected) {
        assertThat(GormTime.format(time, ZoneOffset.of(offset))).isEqualTo(expected);
    }
}
