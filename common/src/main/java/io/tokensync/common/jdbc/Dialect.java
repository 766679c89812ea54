package io.tokensync.common.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The database products that there are statements for. */
public enum Dialect {
    /** SQL Server and Azure SQL. */
    SQL_SERVER("jdbc:sqlserver:", "sqlserver"),
    /** A file of SQLite, attached as {@code dbo}: the embedded database. */
    SQLITE("jdbc:sqlite:", "sqlite");

    private final String prefix;
    private final String directory;

    Dialect(String prefix, String directory) {
        this.prefix = prefix;
        this.directory = directory;
    }

    /**
     * The dialect behind a JDBC URL.
     *
     * @throws IllegalArgumentException for any other URL; the message does not repeat it
     */
    public static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (url.toLowerCase(Locale.ROOT).startsWith(dialect.prefix)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("the database address must start with "
                + Arrays.stream(values()).map(dialect -> dialect.prefix).collect(Collectors.joining(" or ")));
    }

    /**
     * The end of a SELECT that leaves rows out.
     *
     * @param offset how many, a number or a question mark
     * @param rows how many are wanted at most, likewise
     */
    public String page(String offset, String rows) {
        return this == SQLITE
                ? "LIMIT " + offset + ", " + rows
                : "OFFSET " + offset + " ROWS FETCH NEXT " + rows + " ROWS ONLY";
    }

    /**
     * Asks how many tables and views have the name that is its parameter: {@code there}, 1, or 0 also where the login may not see
     * it.
     */
    public String existence() {
        return this == SQLITE
                ? "SELECT COUNT(*) AS there FROM dbo.sqlite_schema WHERE type IN ('table', 'view') AND name = ?"
                : "SELECT COUNT(*) AS there FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = ?";
    }

    /** Whether there is a table or a view of this name, and the login may see it. */
    public boolean has(Connection connection, String name) throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(existence())) {
            asked.setString(1, name);
            try (ResultSet found = asked.executeQuery()) {
                found.next();
                return found.getLong(1) > 0;
            }
        }
    }

    /** A statement that is written as SQL Server has it, in the words of this product where they are others. */
    public String translated(String sql) {
        return this == SQLITE ? SqliteSyntax.of(sql) : sql;
    }

    /** What its addresses begin with. */
    String prefix() {
        return prefix;
    }

    /** Its directory among the resources. */
    public String directory() {
        return directory;
    }
}
