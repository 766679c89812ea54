package io.tokensync.tds.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of T-SQL that H2 calls by name; public because H2 asks for it. */
public final class TransactSqlFunctions {
    private static final String FIND = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES "
            + "WHERE UPPER(TABLE_NAME) = ? AND (? = '' OR UPPER(TABLE_SCHEMA) = ?)";
    private static final int AZURE_SQL_DATABASE = 5;

    private TransactSqlFunctions() {}

    /** CURRENT_TRANSACTION_ID: the only one that {@code sys.dm_tran_database_transactions} knows. */
    public static long transactionId() {
        return 1;
    }

    /** OBJECT_ID: a number for a table or view that exists or a schema, null for anything else. */
    public static Integer objectId(Connection connection, String name) throws SQLException {
        String plain = name.replace("[", "").replace("]", "").replace("\"", "").toUpperCase(Locale.ROOT);
        String table = plain.substring(plain.lastIndexOf('.') + 1);
        String schema = schema(plain, table);
        if (schema.isEmpty() && (table.equals("DBO") || table.equals("SYS"))) {
            return table.hashCode();
        }
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, table);
            query.setString(2, schema);
            query.setString(3, schema);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? table.hashCode() & Integer.MAX_VALUE : null;
            }
        }
    }

    private static String schema(String name, String table) {
        if (table.startsWith("#") || table.length() == name.length()) {
            return "";
        }
        String before = name.substring(0, name.length() - table.length() - 1);
        return before.substring(before.lastIndexOf('.') + 1);
    }

    /** The second argument tells the kind of object, which the name tells already. */
    public static Integer objectId(Connection connection, String name, String kind) throws SQLException {
        return objectId(connection, name);
    }

    /** TRY_CAST to a decimal number of so many digits at most, of which {@code scale} stand behind the point. */
    public static BigDecimal tryDecimal(String text, int digits, int scale) {
        try {
            BigDecimal number = new BigDecimal(text == null ? "" : text.strip()).setScale(scale, RoundingMode.HALF_UP);
            return number.precision() > digits ? null : number;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /** ISJSON, as far as the endings tell. */
    public static Integer isJson(String text) {
        return text == null ? null : text.startsWith("{") && text.endsWith("}") ? 1 : 0;
    }

    /** JSON_VALUE of a field of a flat object: text without its quotes and escapes, or a number or flag as it is written. */
    public static String jsonValue(String json, String path) {
        if (json == null) {
            return null;
        }
        Matcher value = Pattern.compile('"' + Pattern.quote(path.substring("$.".length()))
                + "\":(?:\"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\"|([^,}]+))").matcher(json);
        if (!value.find()) {
            return null;
        }
        return value.group(1) == null ? value.group(2) : unescaped(value.group(1));
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|(.))").matcher(text).replaceAll(escape -> {
            if (escape.group(1) != null) {
                return Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16)));
            }
            int known = "bfnrt".indexOf(escape.group(2));
            return Matcher.quoteReplacement(known < 0 ? escape.group(2) : "\b\f\n\r\t".substring(known, known + 1));
        });
    }

    /** SCHEMA_ID. */
    public static Integer schemaId(String name) {
        return name.toUpperCase(Locale.ROOT).hashCode();
    }

    /** SCHEMA_NAME of a number; only schemas of ours have one. */
    public static String schemaName(Integer id) {
        return schemaId("dbo").equals(id) ? "dbo" : null;
    }

    /** SERVERPROPERTY, as Azure SQL answers. */
    public static String serverProperty(String property) {
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "engineedition" -> Integer.toString(AZURE_SQL_DATABASE);
            case "edition" -> "SQL Azure";
            case "productversion" -> "12.0.2000.8";
            case "collation" -> "SQL_Latin1_General_CP1_CI_AS";
            default -> null;
        };
    }

    /** HAS_PERMS_BY_NAME: the one user may do everything. */
    public static Integer hasPermission(String securable, String kind, String permission) {
        return 1;
    }

    /** IS_MEMBER of db_owner and the like. */
    public static Integer isMember(String role) {
        return 1;
    }
}
