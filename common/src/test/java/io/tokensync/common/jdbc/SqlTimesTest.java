package io.tokensync.common.jdbc;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlTimesTest {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSS",
            Locale.ROOT);

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00", "9999-12-31T23:59:59.999999999", "2026-03-29T02:30:00.0000001",
            "2026-12-01T23:09:08.1"})
    void aTimeIsAlwaysAsLong(String time) {
        LocalDateTime parsed = LocalDateTime.parse(time);
        assertThat(SqlTimes.text(parsed)).isEqualTo(FORM.format(parsed)).hasSize(27);
    }
}
