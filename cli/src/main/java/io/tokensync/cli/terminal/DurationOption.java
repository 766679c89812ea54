package io.tokensync.cli.terminal;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.common.config.Units;

/** A time span as the configuration has it: {@code 250ms}, {@code 30s}, {@code 5m}. */
public final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Units.duration(text).filter(Duration::isPositive)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Units.DURATION));
    }
}
