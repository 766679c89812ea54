package io.tokensync.cli.jdbc;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import io.tokensync.cli.parquet.ParquetColumn;
import io.tokensync.cli.parquet.ParquetFile;
import io.tokensync.common.jdbc.SqlTimes;

/** The rows of a query, each value as the type of its column says. */
final class TypedRows {
    private final ResultSet rows;
    private final List<ParquetColumn> columns;
    private long row;

    TypedRows(ResultSet rows, ColumnTypes types) throws SQLException {
        this.rows = rows;
        columns = types.of(rows.getMetaData());
    }

    List<ParquetColumn> columns() {
        return columns;
    }

    /**
     * Writes all of them; what they are written to is not completed.
     *
     * @throws IOException also when a value is none of its column's type
     */
    void writeTo(ParquetFile file) throws SQLException, IOException {
        Object[] values = new Object[columns.size()];
        while (rows.next()) {
            row++;
            for (int column = 0; column < values.length; column++) {
                values[column] = value(column);
            }
            file.add(Arrays.asList(values));
        }
    }

    private Object value(int column) throws SQLException, IOException {
        return switch (columns.get(column).type()) {
            case TEXT -> text(rows.getObject(column + 1), column);
            case INTEGER -> integer(rows.getObject(column + 1), column);
            case NUMBER -> number(rows.getObject(column + 1), column);
            case TRUTH -> truth(rows.getObject(column + 1), column);
            case TIME -> time(column);
        };
    }

    /** A long text is not asked for twice. A time is as long as in the embedded database, on both products. */
    private String text(Object value, int column) throws SQLException {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Timestamp _ -> SqlTimes.text(rows.getObject(column + 1, LocalDateTime.class));
            default -> rows.getString(column + 1);
        };
    }

    private Long integer(Object value, int column) throws IOException {
        return switch (value) {
            case null -> null;
            case Long _,Integer _,Short _,Byte _ -> ((Number) value).longValue();
            default -> throw unfit(column, value, "is no whole number");
        };
    }

    private Double number(Object value, int column) throws IOException {
        return switch (value) {
            case null -> null;
            case Double _,Float _ -> ((Number) value).doubleValue();
            default -> throw unfit(column, value, "is no floating-point number");
        };
    }

    private Boolean truth(Object value, int column) throws IOException {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Integer number when number == 0 || number == 1 -> number == 1;
            default -> throw unfit(column, value, "is neither 0 nor 1");
        };
    }

    private Long time(int column) throws SQLException, IOException {
        LocalDateTime time;
        try {
            time = SqlTimes.read(rows, column + 1);
        } catch (DateTimeException _) {
            throw unfit(column, rows.getString(column + 1), "is no time; --times text writes times as they are");
        }
        if (time == null) {
            return null;
        }
        try {
            return ChronoUnit.NANOS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
        } catch (ArithmeticException _) {
            throw unfit(column, SqlTimes.text(time), "is beyond the nanoseconds of Parquet, of the years 1677 to 2262;"
                    + " --times text writes times as they are");
        }
    }

    private IOException unfit(int column, Object value, String why) {
        return new IOException("row " + row + ", column " + columns.get(column).name() + ": '" + value + "' " + why);
    }
}
