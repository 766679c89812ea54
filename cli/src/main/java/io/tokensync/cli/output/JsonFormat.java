package io.tokensync.cli.output;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.MinimalPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.terminal.Printable;

/** An array with one object a row; numbers and booleans stay what they are. */
public final class JsonFormat {
    private static final JsonMapper JSON = JsonMapper.builder(
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build())
            .defaultPrettyPrinter(new DefaultPrettyPrinter()).build();

    private JsonFormat() {}

    /** Prints rows as they are read. */
    public static <E extends Exception> void print(RowSource<E> rows, PrintStream out) throws E {
        try (JsonGenerator json = generator(out)) {
            write(rows, json);
        }
        out.println();
    }

    /** Writes several lines of JSON; closing it leaves the stream open. */
    public static JsonGenerator generator(PrintStream out) {
        return JSON.writerWithDefaultPrettyPrinter().createGenerator(out);
    }

    /** The array, within a document. */
    public static <E extends Exception> void write(RowSource<E> rows, JsonGenerator json) throws E {
        json.writeStartArray();
        writeSome(rows, json);
        json.writeEndArray();
    }

    /** Some rows of an array that the caller begins and ends. */
    public static <E extends Exception> void writeSome(RowSource<E> rows, JsonGenerator json) throws E {
        List<String> labels = rows.labels();
        while (rows.next()) {
            writeRow(rows, labels, json);
        }
    }

    /** Writes rows as they are read, an object on each line. */
    public static <E extends Exception> void lines(RowSource<E> rows, PrintStream out) throws E {
        List<String> labels = rows.labels();
        try (JsonGenerator json = JSON.writer().with(new MinimalPrettyPrinter("\n")).createGenerator(out)) {
            boolean any = false;
            while (rows.next()) {
                writeRow(rows, labels, json);
                any = true;
            }
            if (any) {
                json.writeRaw('\n');
            }
        }
    }

    private static <E extends Exception> void writeRow(RowSource<E> rows, List<String> labels, JsonGenerator json)
            throws E {
        json.writeStartObject();
        for (int column = 0; column < labels.size(); column++) {
            json.writeName(labels.get(column));
            write(rows.value(column), json);
        }
        json.writeEndObject();
    }

    /** A value; of text, what a terminal would obey is escaped, which in JSON is the same text. */
    private static void write(Object value, JsonGenerator json) {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case BigDecimal number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeRawValue(Printable.line(JSON.writeValueAsString(value.toString())));
        }
    }
}
