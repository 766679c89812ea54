package io.tokensync.cli.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written, read by a reader that is not ours. */
class ParquetFileTest {
    private static final List<ParquetColumn> COLUMNS = Arrays.stream(ParquetType.values())
            .map(type -> new ParquetColumn("the " + type, type)).toList();

    @TempDir
    private Path directory;

    @Test
    void valuesAtTheirLimitsAreReadAsTheyWere() throws Exception {
        ParquetRows read = written(COLUMNS, List.of(
                row(Long.MIN_VALUE, -Double.MAX_VALUE, false, Long.MIN_VALUE, ""),
                row(Long.MAX_VALUE, Double.MIN_VALUE, true, Long.MAX_VALUE, "\0\r\n\"'=1+1 \u202e ä \uD83D\uDE00"),
                row(0L, Double.NaN, true, 1_769_903_999_123_456_700L, "Qm; DROP TABLE dbo.TokenRecords; --"),
                row(-1L, Double.NEGATIVE_INFINITY, false, -100L, "x".repeat(3_000_000))));
        assertThat(read.columns()).isEqualTo(COLUMNS);
    }

    @Test
    void nullsAndColumnsOfNullsAreReadAsTheyWere() throws Exception {
        written(COLUMNS, List.of(row(null, null, null, null, null), row(null, 1.5, null, null, "a"),
                row(null, null, null, 7L, null)));
        written(COLUMNS, List.of(row(null, null, null, null, null)));
    }

    @Test
    void noRowsAreAFileWithColumns() throws Exception {
        ParquetRows read = written(COLUMNS, List.of());
        assertThat(read.columns()).isEqualTo(COLUMNS);
        assertThat(read.groups()).isZero();
    }

    /** More than a page and than a group by their number, and by their bytes. */
    @Test
    void manyRowsAreSeveralGroups() throws Exception {
        List<ParquetColumn> columns = List.of(new ParquetColumn("number", ParquetType.INTEGER),
                new ParquetColumn("is", ParquetType.TRUTH));
        ParquetRows many = written(columns, IntStream.range(0, 250_001)
                .mapToObj(number -> row(number % 3 == 0 ? null : (long) number, number % 7 == 0)).toList());
        assertThat(many.groups()).isEqualTo(3);
        Random random = new Random(5);
        ParquetRows large = written(List.of(new ParquetColumn("text", ParquetType.TEXT)),
                IntStream.range(0, 60).mapToObj(_ -> row(text(random, 500_000))).toList());
        assertThat(large.groups()).isBetween(3, 12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anyRowsAreReadAsTheyWere(long seed) throws Exception {
        Random random = new Random(seed);
        List<ParquetColumn> columns = IntStream.rangeClosed(0, random.nextInt(12))
                .mapToObj(number -> new ParquetColumn("c" + number,
                        COLUMNS.get(random.nextInt(COLUMNS.size())).type()))
                .toList();
        double absent = random.nextDouble();
        List<List<Object>> rows = new ArrayList<>();
        for (int count = random.nextInt(30_000); count > 0; count--) {
            List<Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(random.nextDouble() < absent ? null : any(random, column.type())));
            rows.add(row);
        }
        written(columns, rows);
    }

    /** Writes rows and reads the same. */
    private ParquetRows written(List<ParquetColumn> columns, List<List<Object>> rows) throws IOException {
        Path path = directory.resolve("rows.parquet");
        try (OutputStream out = Files.newOutputStream(path)) {
            ParquetFile file = new ParquetFile(out, columns);
            for (List<Object> row : rows) {
                file.add(row);
            }
            file.complete();
        }
        ParquetRows read = ParquetRows.of(path);
        assertThat(read.columns()).isEqualTo(columns);
        assertThat(read.rows().equals(rows)).as("rows are read as they were written").isTrue();
        return read;
    }

    private static Object any(Random random, ParquetType type) {
        return switch (type) {
            case INTEGER, TIME -> random.nextLong() >> random.nextInt(Long.SIZE);
            case NUMBER -> random.nextGaussian();
            case TRUTH -> random.nextBoolean();
            case TEXT -> text(random, random.nextInt(30));
        };
    }

    private static String text(Random random, int length) {
        return random.ints(length, 0, 0xD800).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }
}
