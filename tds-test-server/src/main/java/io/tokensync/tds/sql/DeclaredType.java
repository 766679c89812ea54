package io.tokensync.tds.sql;

import java.util.List;
import java.util.Locale;

import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.types.Collation;
import io.tokensync.tds.types.DataType;
import io.tokensync.tds.types.TypeInfo;

/**
 * A type as T-SQL declares it. H2 keeps it as the comment of the column, because its own type says less.
 *
 * @param name in lower case
 * @param length of text and bytes: characters or bytes, {@link #MAX} for MAX; precision of decimals; scale of times
 * @param collation null for the default one
 */
public record DeclaredType(String name, int length, int scale, String collation) {
    static final int MAX = -1;

    /** The longest text or bytes that H2 keeps in a row, and therefore what MAX means here. */
    private static final int H2_LONGEST = 1_048_576;
    private static final int NONE = -2;

    /** How many lexemes a type takes at this place; 0 where none stands there. */
    static int extent(List<Lexeme> lexemes, int at) {
        if (at >= lexemes.size() || !lexemes.get(at).isName() || !known(lexemes.get(at).text())) {
            return 0;
        }
        return Lexemes.at(lexemes, at + 1, "(") ? Lexemes.afterGroup(lexemes, at + 1) - at : 1;
    }

    private static boolean known(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bigint", "int", "integer", "smallint", "tinyint", "bit", "float", "real", "decimal", "numeric",
                    "money",
                    "nvarchar", "varchar", "nchar", "char", "sysname", "varbinary", "binary", "datetime2", "datetime",
                    "smalldatetime", "datetimeoffset", "date", "time", "uniqueidentifier" ->
                true;
            default -> false;
        };
    }

    /** Reads a type of one to several lexemes. */
    public static DeclaredType read(List<Lexeme> lexemes, String collation) throws SqlErrorException {
        if (extent(lexemes, 0) == 0 || extent(lexemes, 0) != lexemes.size()) {
            throw new SqlErrorException(SyntaxErrors.unknown("type", Lexemes.sql(lexemes)));
        }
        int first = lexemes.size() > 2 ? number(lexemes.get(2)) : NONE;
        int second = lexemes.size() > 4 ? number(lexemes.get(4)) : 0;
        return new DeclaredType(lexemes.getFirst().text().toLowerCase(Locale.ROOT), first, second, collation);
    }

    private static int number(Lexeme lexeme) throws SqlErrorException {
        if (lexeme.is("MAX")) {
            return MAX;
        }
        try {
            return Integer.parseInt(lexeme.text());
        } catch (NumberFormatException e) {
            throw new SqlErrorException(SyntaxErrors.unknown("length of a type", lexeme.text()));
        }
    }

    /** Reads what {@link #comment()} wrote. */
    public static DeclaredType ofComment(String comment) {
        String[] parts = comment.split(" ", -1);
        return new DeclaredType(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]),
                parts[3].isEmpty() ? null : parts[3]);
    }

    String comment() {
        return name + " " + length + " " + scale + " " + (collation == null ? "" : collation);
    }

    /** The type in H2. Text under a collation that ignores case, the default one, is VARCHAR_IGNORECASE there. */
    String h2() {
        return switch (name) {
            case "bigint" -> "BIGINT";
            case "int", "integer" -> "INTEGER";
            case "smallint", "tinyint" -> "SMALLINT";
            case "bit" -> "BOOLEAN";
            case "real" -> "REAL";
            case "float" -> length > 0 && length <= 24 ? "REAL" : "DOUBLE PRECISION";
            case "decimal", "numeric" -> "DECIMAL(" + sized(18) + "," + scale + ")";
            case "money" -> "DECIMAL(19,4)";
            case "nvarchar", "varchar" -> (binary() ? "VARCHAR(" : "VARCHAR_IGNORECASE(") + sized(1) + ")";
            case "sysname" -> "VARCHAR_IGNORECASE(128)";
            case "nchar", "char" -> "CHAR(" + sized(1) + ")";
            case "varbinary" -> "VARBINARY(" + sized(1) + ")";
            case "binary" -> "BINARY(" + sized(1) + ")";
            case "datetime2" -> "TIMESTAMP(" + sized(7) + ")";
            case "datetime" -> "TIMESTAMP(3)";
            case "smalldatetime" -> "TIMESTAMP(0)";
            case "datetimeoffset" -> "TIMESTAMP(" + sized(7) + ") WITH TIME ZONE";
            case "date" -> "DATE";
            case "time" -> "TIME(" + sized(7) + ")";
            case "uniqueidentifier" -> "UUID";
            default -> throw new IllegalStateException(name);
        };
    }

    /** The type for a CAST of an expression, where a length left out means 30 and text has no collation of its own. */
    String h2Cast() {
        return switch (name) {
            case "nvarchar", "varchar", "nchar", "char" -> "VARCHAR(" + sized(30) + ")";
            default -> h2();
        };
    }

    private boolean binary() {
        return collation != null && collation.toUpperCase(Locale.ROOT).contains("_BIN");
    }

    private int sized(int otherwise) {
        if (length == MAX) {
            return H2_LONGEST;
        }
        return length == NONE ? otherwise : length;
    }

    /** The type on the wire. */
    public TypeInfo wire() {
        return switch (name) {
            case "bigint" -> TypeInfo.sized(DataType.INTN, 8);
            case "int", "integer" -> TypeInfo.sized(DataType.INTN, 4);
            case "smallint" -> TypeInfo.sized(DataType.INTN, 2);
            case "tinyint" -> TypeInfo.sized(DataType.INTN, 1);
            case "bit" -> TypeInfo.of(DataType.BITN);
            case "real" -> TypeInfo.sized(DataType.FLOATN, 4);
            case "float" -> TypeInfo.sized(DataType.FLOATN, length > 0 && length <= 24 ? 4 : 8);
            case "decimal", "numeric" -> TypeInfo.decimal(sized(18), scale);
            case "money" -> TypeInfo.of(DataType.MONEYN);
            case "nvarchar" -> text(DataType.NVARCHAR, 2);
            case "sysname" -> TypeInfo.text(DataType.NVARCHAR, 256, Collation.DEFAULT);
            case "varchar" -> text(DataType.VARCHAR, 1);
            case "nchar" -> text(DataType.NCHAR, 2);
            case "char" -> text(DataType.CHAR, 1);
            case "varbinary" -> TypeInfo.sized(DataType.VARBINARY, wireLength(1));
            case "binary" -> TypeInfo.sized(DataType.BINARY, wireLength(1));
            case "datetime2" -> TypeInfo.scaled(DataType.DATETIME2N, sized(7));
            case "datetime" -> TypeInfo.of(DataType.DATETIMEN);
            case "smalldatetime" -> TypeInfo.sized(DataType.DATETIMEN, 4);
            case "datetimeoffset" -> TypeInfo.scaled(DataType.DATETIMEOFFSETN, sized(7));
            case "date" -> TypeInfo.of(DataType.DATEN);
            case "time" -> TypeInfo.scaled(DataType.TIMEN, sized(7));
            case "uniqueidentifier" -> TypeInfo.of(DataType.GUID);
            default -> throw new IllegalStateException(name);
        };
    }

    private TypeInfo text(DataType type, int bytesPerCharacter) {
        return TypeInfo.text(type, wireLength(bytesPerCharacter), Collation.named(collation));
    }

    private int wireLength(int bytesPerCharacter) {
        return length == MAX ? TypeInfo.MAX : sized(1) * bytesPerCharacter;
    }
}
