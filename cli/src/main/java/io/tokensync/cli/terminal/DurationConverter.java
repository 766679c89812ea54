package io.tokensync.cli.terminal;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.common.config.Units;

/** A duration on the command line, as the configuration has it: {@code 0s}, {@code 250ms}, {@code 120s} or {@code 5m}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Units.duration(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Units.DURATION));
    }

    /** The same for what must be given some time: for a timeout zero would mean none at all, or no end. */
    public static final class Positive implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = new DurationConverter().convert(text);
            if (duration.isZero()) {
                throw new TypeConversionException("'" + text + "' must be more than zero");
            }
            return duration;
        }
    }
}
