package io.tokensync.writer.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.tokensync.common.failure.FailureKind;

/** The error numbers of one database product, from {@code errors.tsv} of its dialect. */
final class SqlErrors {
    private static final int FIELDS = 4;

    private final Map<Integer, Entry> byNumber;

    /**
     * One line of the table.
     *
     * @param number as {@code SQLException.getErrorCode} gives it
     * @param kind what it means for a batch
     * @param source who lists it
     * @param meaning for people
     */
    record Entry(int number, FailureKind kind, String source, String meaning) {}

    private SqlErrors(Map<Integer, Entry> byNumber) {
        this.byNumber = Map.copyOf(byNumber);
    }

    /** The table of this dialect's directory: {@code sqlserver}. */
    static SqlErrors of(String dialect) {
        String name = dialect + "/errors.tsv";
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SqlErrors.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
            Map<Integer, Entry> byNumber = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).map(SqlErrors::entry)
                    .forEach(entry -> add(byNumber, entry));
            return new SqlErrors(byNumber);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same table, in which these numbers mean something else. */
    SqlErrors with(SqlErrorOverrides overrides) {
        Map<Integer, Entry> changed = new HashMap<>(byNumber);
        overrides.kinds().forEach((number, kind) -> changed.put(number, new Entry(number, kind, "configuration",
                find(number).map(Entry::meaning).orElse("an error that the configuration has a kind for"))));
        return new SqlErrors(changed);
    }

    Optional<Entry> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    int size() {
        return byNumber.size();
    }

    private static void add(Map<Integer, Entry> byNumber, Entry entry) {
        if (byNumber.put(entry.number(), entry) != null) {
            throw new IllegalStateException("errors.tsv has number " + entry.number() + " twice");
        }
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t", FIELDS);
        return new Entry(Integer.parseInt(fields[0]), FailureKind.valueOf(fields[1]), fields[2], fields[3]);
    }
}
