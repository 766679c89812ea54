package io.tokensync.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration on the command line, such as {@code 0s}, {@code 120s} or {@code 5m}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("\\d{1,6}[smh]");

    @Override
    public Duration convert(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is not a whole number with s, m or h, such as 120s");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
