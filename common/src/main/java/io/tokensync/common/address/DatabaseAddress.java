package io.tokensync.common.address;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A database address in the driver's terms.
 *
 * @param url base and properties
 * @param remarks what the text says and this program does not do, a sentence for each
 */
public record DatabaseAddress(JdbcUrl url, List<String> remarks) {
    private static final String JDBC = "jdbc:";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public DatabaseAddress {
        remarks = List.copyOf(remarks);
    }

    /**
     * Reads a JDBC URL, or an ADO.NET or ODBC connection string. Blank lines and lines that begin with {@code #} are left
     * out, so that the text may be a file's.
     *
     * @throws IllegalArgumentException when it is malformed or says what cannot be done; the message repeats no value
     */
    public static DatabaseAddress parse(String text) {
        String line = oneLine(text);
        if (line.toLowerCase(Locale.ROOT).startsWith(JDBC)) {
            return new DatabaseAddress(JdbcUrl.parse(line), List.of());
        }
        if (line.indexOf('=') < 0) {
            throw new IllegalArgumentException(
                    "the database address is neither a JDBC URL (jdbc:sqlserver: or jdbc:sqlite:)"
                            + " nor a connection string of keyword=value pairs");
        }
        return new Translation().of(ConnectionString.parse(line));
    }

    private static String oneLine(String text) {
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        List<String> lines = plain.lines().filter(Predicate.not(String::isBlank))
                .filter(line -> !line.stripLeading().startsWith("#")).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("the database address is empty");
        }
        if (lines.stream().limit(lines.size() - 1L).anyMatch(line -> !line.stripTrailing().endsWith(";"))) {
            throw new IllegalArgumentException(
                    "the database address has several lines; leave one, end each line but the"
                            + " last with a semicolon, or begin the others with #");
        }
        return String.join("", lines).strip();
    }
}
