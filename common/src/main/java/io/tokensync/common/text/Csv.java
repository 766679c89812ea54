package io.tokensync.common.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of CSV by RFC 4180; null is an empty field, an empty text is {@code ""}. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front; numbers stay numbers.
 */
public final class Csv {
    private static final String LINE_END = "\r\n";
    private static final String FORMULA = "=+-@\t\r";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private Csv() {}

    /** A line with its end. */
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String field(String value) {
        if (value == null) {
            return "";
        }
        String harmless = isFormula(value) ? "'" + value : value;
        boolean plain = !harmless.isEmpty()
                && harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    private static boolean isFormula(String value) {
        return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 && !NUMBER.matcher(value).matches();
    }
}
