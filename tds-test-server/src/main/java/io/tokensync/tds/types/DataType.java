package io.tokensync.tds.types;

import io.tokensync.tds.wire.MalformedMessageException;

/** The data types of this endpoint, with their tokens and the shape of their TYPE_INFO (MS-TDS 2.2.5.4). */
public enum DataType {
    INT1(0x30, Shape.FIXED, 1),
    BIT(0x32, Shape.FIXED, 1),
    INT2(0x34, Shape.FIXED, 2),
    INT4(0x38, Shape.FIXED, 4),
    SMALL_DATETIME(0x3A, Shape.FIXED, 4),
    FLOAT4(0x3B, Shape.FIXED, 4),
    MONEY8(0x3C, Shape.FIXED, 8),
    DATETIME8(0x3D, Shape.FIXED, 8),
    FLOAT8(0x3E, Shape.FIXED, 8),
    MONEY4(0x7A, Shape.FIXED, 4),
    INT8(0x7F, Shape.FIXED, 8),
    GUID(0x24, Shape.BYTE_LENGTH, 16),
    INTN(0x26, Shape.BYTE_LENGTH, 8),
    BITN(0x68, Shape.BYTE_LENGTH, 1),
    FLOATN(0x6D, Shape.BYTE_LENGTH, 8),
    MONEYN(0x6E, Shape.BYTE_LENGTH, 8),
    DATETIMEN(0x6F, Shape.BYTE_LENGTH, 8),
    DECIMALN(0x6A, Shape.DECIMAL, 17),
    NUMERICN(0x6C, Shape.DECIMAL, 17),
    DATEN(0x28, Shape.DATE, 3),
    TIMEN(0x29, Shape.SCALED, 5),
    DATETIME2N(0x2A, Shape.SCALED, 8),
    DATETIMEOFFSETN(0x2B, Shape.SCALED, 10),
    VARBINARY(0xA5, Shape.BINARY, 8000),
    VARCHAR(0xA7, Shape.TEXT, 8000),
    BINARY(0xAD, Shape.BINARY, 8000),
    CHAR(0xAF, Shape.TEXT, 8000),
    NVARCHAR(0xE7, Shape.TEXT, 8000),
    NCHAR(0xEF, Shape.TEXT, 8000);

    /** What follows the type's token in TYPE_INFO. */
    enum Shape {
        FIXED,
        BYTE_LENGTH,
        DECIMAL,
        DATE,
        SCALED,
        BINARY,
        TEXT
    }

    private final int token;
    private final Shape shape;
    private final int bytes;

    DataType(int token, Shape shape, int bytes) {
        this.token = token;
        this.shape = shape;
        this.bytes = bytes;
    }

    int token() {
        return token;
    }

    Shape shape() {
        return shape;
    }

    int bytes() {
        return bytes;
    }

    /** Whether its characters are UTF-16. */
    public boolean unicode() {
        return this == NVARCHAR || this == NCHAR;
    }

    static DataType of(int token) throws MalformedMessageException {
        for (DataType type : values()) {
            if (type.token == token) {
                return type;
            }
        }
        throw new MalformedMessageException("data type 0x" + Integer.toHexString(token) + " is not supported here");
    }
}
