package io.tokensync.scanner.source.postgres.chain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whether a node's database has transactions that can be checked.
 *
 * @param exists whether there is a table of them whose columns can be: what was hashed is kept in JSON or text as it was,
 *        and not in JSONB
 * @param readable whether the agent's login may read it, when it exists
 */
public record TransactionTable(boolean exists, boolean readable) {
    /** The table's name. */
    public static final String NAME = "transactions";

    private static final String LOOK = """
            SELECT has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'r'
                AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id'
                    AND a.atttypid IN ('text'::regtype, 'varchar'::regtype))
                AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'info'
                    AND a.atttypid IN ('json'::regtype, 'text'::regtype))
                AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'signature'
                    AND a.atttypid IN ('json'::regtype, 'jsonb'::regtype, 'text'::regtype))""";

    /** Looks at a database's. */
    public static TransactionTable look(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setString(1, schema);
            statement.setString(2, NAME);
            try (ResultSet row = statement.executeQuery()) {
                boolean exists = row.next();
                return new TransactionTable(exists, exists && row.getBoolean(1));
            }
        }
    }
}
