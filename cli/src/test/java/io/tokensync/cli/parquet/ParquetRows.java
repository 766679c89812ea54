package io.tokensync.cli.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;

/** What a reader that is not ours finds in a Parquet file: each value as {@link ParquetFile} is given it. */
public record ParquetRows(List<ParquetColumn> columns, List<List<Object>> rows, int groups) {
    /** Reads all of it. */
    public static ParquetRows of(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
                RowReader read = reader.rowReader()) {
            List<ParquetColumn> columns = reader.getFileSchema().getColumns().stream()
                    .map(column -> new ParquetColumn(column.name(), type(column))).toList();
            List<List<Object>> rows = new ArrayList<>();
            while (read.hasNext()) {
                read.next();
                List<Object> row = new ArrayList<>();
                for (int column = 0; column < columns.size(); column++) {
                    row.add(read.isNull(column) ? null : value(read, column, columns.get(column).type()));
                }
                rows.add(row);
            }
            if (rows.size() != reader.getFileMetaData().numRows()) {
                throw new IOException("the footer says " + reader.getFileMetaData().numRows() + " rows");
            }
            return new ParquetRows(columns, rows, reader.getFileMetaData().rowGroups().size());
        }
    }

    /** The values of a column. */
    public List<Object> column(String name) {
        int column = columns.stream().map(ParquetColumn::name).toList().indexOf(name);
        return rows.stream().map(row -> row.get(column)).toList();
    }

    private static ParquetType type(ColumnSchema column) {
        return switch (column.type()) {
            case INT64 -> column.logicalType() == null ? ParquetType.INTEGER : time(column.logicalType());
            case DOUBLE -> ParquetType.NUMBER;
            case BOOLEAN -> ParquetType.TRUTH;
            case BYTE_ARRAY -> text(column.logicalType());
            default -> throw new IllegalArgumentException(column.toString());
        };
    }

    private static ParquetType time(LogicalType type) {
        if (type instanceof LogicalType.TimestampType time && time.isAdjustedToUTC()
                && time.unit() == LogicalType.TimeUnit.NANOS) {
            return ParquetType.TIME;
        }
        throw new IllegalArgumentException(type.toString());
    }

    private static ParquetType text(LogicalType type) {
        if (type instanceof LogicalType.StringType) {
            return ParquetType.TEXT;
        }
        throw new IllegalArgumentException(String.valueOf(type));
    }

    private static Object value(RowReader read, int column, ParquetType type) {
        return switch (type) {
            case INTEGER, TIME -> read.getRawValue(column);
            case NUMBER -> read.getDouble(column);
            case TRUTH -> read.getBoolean(column);
            case TEXT -> new String(read.getBinary(column), StandardCharsets.UTF_8);
        };
    }
}
