package io.tokensync.cli.jdbc;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.terminal.Printable;

/** An array with one object a row; numbers and booleans stay what they are. */
final class JsonFormat implements RowFormat {
    private static final JsonMapper JSON = JsonMapper.builder(
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build())
            .defaultPrettyPrinter(new DefaultPrettyPrinter()).build();

    @Override
    public void print(ResultSet rows, PrintStream out) throws SQLException {
        List<String> labels = RowFormat.labels(rows);
        try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(out)) {
            json.writeStartArray();
            while (rows.next()) {
                json.writeStartObject();
                for (int column = 0; column < labels.size(); column++) {
                    json.writeName(labels.get(column));
                    write(json, rows, column + 1);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }

    private static void write(JsonGenerator json, ResultSet rows, int column) throws SQLException {
        switch (rows.getObject(column)) {
            case null -> json.writeNull();
            case Boolean value -> json.writeBoolean(value);
            case BigDecimal value -> json.writeNumber(value);
            case Double value -> json.writeNumber(value);
            case Float value -> json.writeNumber(value);
            case Number value -> json.writeNumber(value.longValue());
            default -> json.writeRawValue(Printable.line(JSON.writeValueAsString(rows.getString(column))));
        }
    }
}
