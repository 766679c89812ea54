package io.tokensync.common.jdbc;

import java.util.Locale;

/** The database products that there are statements for. */
public enum Dialect {
    /** SQL Server and Azure SQL. */
    SQL_SERVER("jdbc:sqlserver:", "sqlserver"),
    /** H2 in its SQL Server mode: the embedded database. */
    H2("jdbc:h2:", "h2");

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
        throw new IllegalArgumentException(
                "the database address must start with " + SQL_SERVER.prefix + " or " + H2.prefix);
    }

    /** Its directory among the resources. */
    public String directory() {
        return directory;
    }
}
