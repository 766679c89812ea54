package io.tokensync.tds.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

import io.tokensync.tds.types.Collation;
import io.tokensync.tds.types.DataType;
import io.tokensync.tds.types.TypeInfo;

/** Types of the wire as H2 has them, and back. */
final class H2Types {
    private static final int LONGEST_NVARCHAR = 4000;
    private static final int LONGEST_BINARY = 8000;
    private static final int LARGEST_PRECISION = 38;
    private static final int LARGEST_SCALE = 7;
    private static final int UNKNOWN_SCALE = 10;

    private H2Types() {}

    /** The H2 type a parameter is cast to. */
    static String cast(TypeInfo type) {
        return switch (type.type()) {
            case INT1, INT2 -> "SMALLINT";
            case INT4 -> "INTEGER";
            case INT8 -> "BIGINT";
            case INTN -> type.length() == 8 ? "BIGINT" : type.length() == 4 ? "INTEGER" : "SMALLINT";
            case BIT, BITN -> "BOOLEAN";
            case FLOAT4 -> "REAL";
            case FLOAT8 -> "DOUBLE PRECISION";
            case FLOATN -> type.length() == 4 ? "REAL" : "DOUBLE PRECISION";
            case MONEY4, MONEY8, MONEYN -> "DECIMAL(19,4)";
            case DECIMALN, NUMERICN -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
            case GUID -> "UUID";
            case SMALL_DATETIME, DATETIME8, DATETIMEN -> "TIMESTAMP(3)";
            case DATEN -> "DATE";
            case TIMEN -> "TIME(" + type.scale() + ")";
            case DATETIME2N -> "TIMESTAMP(" + type.scale() + ")";
            case DATETIMEOFFSETN -> "TIMESTAMP(" + type.scale() + ") WITH TIME ZONE";
            case VARBINARY, BINARY -> "VARBINARY";
            case VARCHAR, CHAR, NVARCHAR, NCHAR -> "VARCHAR";
        };
    }

    /** The wire's type for a column of a result that comes from no declared column. */
    static TypeInfo wire(ResultSetMetaData columns, int i) throws SQLException {
        int precision = columns.getPrecision(i);
        int scale = Math.min(columns.getScale(i), LARGEST_SCALE);
        if (columns.getColumnTypeName(i).equals("UUID")) {
            return TypeInfo.of(DataType.GUID);
        }
        return switch (columns.getColumnType(i)) {
            case Types.BIGINT -> TypeInfo.sized(DataType.INTN, 8);
            case Types.INTEGER, Types.NULL -> TypeInfo.sized(DataType.INTN, 4);
            case Types.SMALLINT, Types.TINYINT -> TypeInfo.sized(DataType.INTN, 2);
            case Types.BOOLEAN, Types.BIT -> TypeInfo.of(DataType.BITN);
            case Types.DOUBLE, Types.FLOAT -> TypeInfo.of(DataType.FLOATN);
            case Types.REAL -> TypeInfo.sized(DataType.FLOATN, 4);
            case Types.DECIMAL, Types.NUMERIC -> decimal(precision, columns.getScale(i));
            case Types.CHAR, Types.VARCHAR, Types.CLOB, Types.NVARCHAR, Types.LONGVARCHAR -> TypeInfo.text(
                    DataType.NVARCHAR, precision > LONGEST_NVARCHAR ? TypeInfo.MAX : 2 * Math.max(1, precision),
                    Collation.DEFAULT);
            case Types.BINARY, Types.VARBINARY, Types.BLOB, Types.LONGVARBINARY -> TypeInfo.sized(DataType.VARBINARY,
                    precision > LONGEST_BINARY ? TypeInfo.MAX : Math.max(1, precision));
            case Types.DATE -> TypeInfo.of(DataType.DATEN);
            case Types.TIME -> TypeInfo.scaled(DataType.TIMEN, scale);
            case Types.TIMESTAMP -> TypeInfo.scaled(DataType.DATETIME2N, scale);
            case Types.TIMESTAMP_WITH_TIMEZONE -> TypeInfo.scaled(DataType.DATETIMEOFFSETN, scale);
            default -> throw new SQLException("no type of SQL Server for H2's " + columns.getColumnTypeName(i));
        };
    }

    private static TypeInfo decimal(int precision, int scale) {
        boolean unknown = precision > LARGEST_PRECISION;
        return TypeInfo.decimal(unknown ? LARGEST_PRECISION : Math.max(1, precision),
                unknown ? Math.min(scale, UNKNOWN_SCALE) : scale);
    }

    /** A value of a result as the wire's type wants it. */
    static Object value(ResultSet rows, int i, TypeInfo type) throws SQLException {
        return switch (type.type()) {
            case INT1, INT2, INT4, INT8, INTN -> rows.getObject(i, Long.class);
            case BIT, BITN -> rows.getObject(i, Boolean.class);
            case FLOAT4, FLOAT8, FLOATN -> rows.getObject(i, Double.class);
            case MONEY4, MONEY8, MONEYN, DECIMALN, NUMERICN -> rows.getBigDecimal(i);
            case GUID -> rows.getObject(i, UUID.class);
            case SMALL_DATETIME, DATETIME8, DATETIMEN, DATETIME2N -> rows.getObject(i, LocalDateTime.class);
            case DATEN -> rows.getObject(i, LocalDate.class);
            case TIMEN -> rows.getObject(i, LocalTime.class);
            case DATETIMEOFFSETN -> rows.getObject(i, OffsetDateTime.class);
            case VARBINARY, BINARY -> rows.getBytes(i);
            case VARCHAR, CHAR, NVARCHAR, NCHAR -> rows.getString(i);
        };
    }
}
