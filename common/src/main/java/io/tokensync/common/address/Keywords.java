package io.tokensync.common.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keywords of ADO.NET (Microsoft.Data.SqlClient) and ODBC (17 and 18), from {@code keywords.tsv}. */
final class Keywords {
    private static final int FIELDS = 3;
    private static final Map<String, Meaning> BY_NAME = load();

    private Keywords() {}

    /** What becomes of a keyword's value. */
    enum Treatment {
        /** Host, port and instance. */
        SERVER,
        /** A property of the driver, as it is. */
        TEXT,
        /** A property of the driver: true or false. */
        FLAG,
        /** A property of the driver: a whole number above zero. */
        NUMBER,
        /** A property of the driver: what to encrypt. */
        ENCRYPTION,
        /** A property of the driver: a way to log in. */
        AUTHENTICATION,
        /** The login of the operating system. */
        INTEGRATED,
        /** Says which kind of string it is, and no more. */
        IGNORED,
        /** Has no effect here, which is said. */
        REMARK,
        /** Has no effect here as long as it is off; on, it is rejected. */
        OFF_ONLY,
        /** Cannot be done. */
        REJECTED
    }

    /**
     * @param name first of the synonyms, as people write it
     * @param treatment what becomes of the value
     * @param detail property of the driver, or the words of the remark or rejection
     */
    record Meaning(String name, Treatment treatment, String detail) {}

    /** What a keyword means; capitals, blanks and underscores make no difference. */
    static Optional<Meaning> find(String keyword) {
        return Optional.ofNullable(BY_NAME.get(normal(keyword)));
    }

    /** Words for a place behind these keywords. */
    static String place(List<String> before) {
        Optional<Meaning> last = before.isEmpty() ? Optional.empty() : find(before.getLast());
        String behind = last.map(meaning -> " (behind " + meaning.name() + ")").orElse("");
        return " at pair " + (before.size() + 1) + behind;
    }

    private static Map<String, Meaning> load() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Keywords.class.getResourceAsStream("keywords.tsv"), StandardCharsets.UTF_8))) {
            Map<String, Meaning> byName = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(byName, line.split("\t", FIELDS)));
            return Map.copyOf(byName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, Meaning> byName, String[] fields) {
        String[] synonyms = fields[0].split(", ", -1);
        Meaning meaning = new Meaning(synonyms[0], Treatment.valueOf(fields[1]), fields[2]);
        for (String synonym : synonyms) {
            if (byName.put(normal(synonym), meaning) != null) {
                throw new IllegalStateException("keywords.tsv has " + synonym + " twice");
            }
        }
    }

    private static String normal(String keyword) {
        return keyword.toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "");
    }
}
