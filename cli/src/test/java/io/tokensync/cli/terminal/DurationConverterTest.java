package io.tokensync.cli.terminal;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.cli.CommandLineOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DurationConverterTest {
    private final DurationConverter any = new DurationConverter();
    private final DurationConverter.Positive positive = new DurationConverter.Positive();

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "120s, PT2M", "5m, PT5M", "6h, PT6H", "2d, PT48H"})
    void everyOptionTakesTheUnitsOfTheConfiguration(String text, Duration meant) {
        assertThat(any.convert(text)).isEqualTo(meant);
        assertThat(positive.convert(text)).isEqualTo(meant);
    }

    @Test
    void zeroIsForWhatNeedNotWaitAndForNothingElse() {
        assertThat(any.convert("0s")).isZero();
        assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> positive.convert("0s"))
                .withMessage("'0s' must be more than zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "120", "-1s", "1.5s", "5 minutes", "PT5M", "99999999999d"})
    void whatIsNoDurationIsRejected(String text) {
        assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> any.convert(text))
                .withMessageContaining("ms, s, m, h or d");
        assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> positive.convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query --timeout 0s SELECT", "local --wait 0ms"})
    void aTimeoutOfZeroIsAMistakeInUsage(String command) {
        CommandLineOutput output = CommandLineOutput.of(command.split(" "));
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("must be more than zero");
    }
}
