package io.tokensync.bench;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class BenchReportTest {
    private static final Machine MACHINE = new Machine(2, 1L << 30, 0.5, "Linux 6 amd64", "25");
    private static final Measurement RATE = Measurement.beside("first scan", 120_000, "rows/s",
            new Baseline("plain producer", 200_000), 0.5);

    @Test
    void aFigureHoldsWhenItReachesItsTarget() {
        assertThat(RATE.holds()).isTrue();
        assertThat(Measurement.beside("first scan", 99_000, "rows/s", new Baseline("plain producer", 200_000), 0.5)
                .holds())
                .isFalse();
        assertThat(Measurement.atMost("peak", 201, "MB", 200).holds()).isFalse();
        assertThat(Measurement.atLeast("rate", 200, "MB", 200).holds()).isTrue();
        assertThat(Measurement.note("share of SQLite", 0, "%").holds()).isTrue();
    }

    @Test
    void aTargetWithoutItsBaselineIsNotReached() {
        Measurement alone = new Measurement("first scan", 1, "rows/s", Optional.empty(),
                new Target.TimesBaseline(0.1));

        assertThat(alone.holds()).isFalse();
    }

    @Test
    void theTableNamesTheMachineAndEveryFigureWithItsBaseline() {
        BenchReport report = new BenchReport("scanner", MACHINE,
                List.of(RATE, Measurement.atMost("peak", 12.34, "MB", 5)));

        assertThat(report.lines()).hasSize(5).first().asString().contains("2 processors", "load 0.50");
        assertThat(report.lines().get(3)).containsSubsequence("first scan", "120,000 rows/s", "200,000 plain producer",
                "0.60 x", ">= 0.50 x", "holds");
        assertThat(report.lines().get(4)).containsSubsequence("peak", "12.3 MB", "<= 5.00 MB", "falls short");
        assertThat(report.holds()).isFalse();
    }

    @Test
    void theFileHasTheFiguresAsNumbers() {
        JsonNode document = JsonMapper.builder().build()
                .readTree(new BenchReport("scanner", MACHINE, List.of(RATE)).json());

        assertThat(document.at("/figures/0/measured").asDouble()).isEqualTo(120_000);
        assertThat(document.at("/figures/0/baseline/value").asDouble()).isEqualTo(200_000);
        assertThat(document.at("/figures/0/ratio").asDouble()).isEqualTo(0.6);
        assertThat(document.at("/machine/processors").asInt()).isEqualTo(2);
        assertThat(document.at("/holds").asBoolean()).isTrue();
    }
}
