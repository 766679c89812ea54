package io.tokensync.monitor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpRequest;
import io.tokensync.common.http.HttpResponse;
import io.tokensync.common.text.Csv;
import io.tokensync.monitor.table.TableException;

/**
 * Every list of the page as a file, {@code /export/LIST.csv} or {@code .jsonl}, with the parameters that the list has: written while
 * it is sent, a page of rows at a time.
 */
final class Exports {
    private static final String PREFIX = "/export/";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    private static final int AT_ONCE = 2;

    private final ExportLists lists;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Exports(PageSources sources) {
        this.lists = new ExportLists(sources);
    }

    /** Takes the rows of a list, page by page. */
    @FunctionalInterface
    interface RowSink {
        void take(List<Map<String, Object>> rows) throws IOException;
    }

    /** Hands out the rows of a list. */
    @FunctionalInterface
    interface RowSource {
        void writeTo(RowSink sink) throws IOException, TableException;
    }

    /**
     * The file; empty when this is none.
     *
     * @throws IllegalArgumentException for parameters that cannot be understood, with a sentence
     */
    Optional<HttpResponse> find(HttpRequest question) throws TableException {
        String file = question.path().startsWith(PREFIX) ? question.path().substring(PREFIX.length()) : "";
        int dot = file.lastIndexOf('.');
        String ending = file.substring(dot + 1);
        if (dot < 0 || !Set.of("csv", "jsonl").contains(ending)) {
            return Optional.empty();
        }
        if (free.availablePermits() == 0) {
            throw new TableException(AT_ONCE + " files are being written; try again when one of them is done", null);
        }
        Optional<RowSource> source = lists.find(file.substring(0, dot), question.query());
        return source.map(rows -> HttpResponse
                .streamed(ending.equals("csv") ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
                        out -> write(rows, ending.equals("csv"), out))
                .with("Content-Disposition", "attachment; filename=\"" + file + "\""));
    }

    private void write(RowSource rows, boolean csv, OutputStream out) throws IOException {
        if (!free.tryAcquire()) {
            throw new IOException("more exports than may be at once");
        }
        try {
            rows.writeTo(csv ? new CsvSink(out) : page -> jsonLines(page, out));
        } catch (TableException e) {
            throw new IOException("the table has stopped to answer", e); // the client sees that the file is not whole
        } finally {
            free.release();
        }
    }

    private static void jsonLines(List<Map<String, Object>> rows, OutputStream out) throws IOException {
        for (Map<String, Object> row : rows) {
            out.write((JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Lines under the names of the first row's columns. */
    private static final class CsvSink implements RowSink {
        private final OutputStream out;
        private List<String> columns;

        private CsvSink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void take(List<Map<String, Object>> rows) throws IOException {
            for (Map<String, Object> row : rows) {
                if (columns == null) {
                    columns = List.copyOf(row.keySet());
                    write(columns);
                }
                List<String> texts = new ArrayList<>();
                columns.forEach(column -> texts.add(text(row.get(column))));
                write(texts);
            }
        }

        private void write(List<String> fields) throws IOException {
            out.write(Csv.line(fields).getBytes(StandardCharsets.UTF_8));
        }

        private static String text(Object value) {
            return switch (value) {
                case null -> null;
                case String text -> text;
                case Number number -> number.toString();
                case Boolean truth -> truth.toString();
                case Instant time -> time.toString();
                default -> JSON.writeValueAsString(value);
            };
        }
    }
}
