package io.tokensync.writer.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.testkit.golden.Golden;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.WireServer;

/** The schema of SQL Server as its catalog shows it through Microsoft's driver. */
class SchemaGoldenWireIT {
    @RegisterExtension
    final WireServer server = new WireServer();

    @Test
    void theMigratedSchema() throws Exception {
        try (Database database = Database.open(server.settings(), 1)) {
            new Schema(database).migrate();
            Golden.files().check("schema/sqlserver.txt", new SchemaText(database)
                    .add("tables and views", "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES"
                            + " WHERE TABLE_SCHEMA = 'dbo' ORDER BY TABLE_NAME")
                    .add("columns", "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,"
                            + " NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, IS_NULLABLE, COLUMN_DEFAULT,"
                            + " COLLATION_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo'"
                            + " ORDER BY TABLE_NAME, ORDINAL_POSITION")
                    .add("indexes", "SELECT t.name AS table_name, i.name AS index_name, i.is_unique, i.is_primary_key,"
                            + " c.name AS column_name FROM sys.indexes AS i"
                            + " INNER JOIN sys.tables AS t ON t.object_id = i.object_id"
                            + " INNER JOIN sys.index_columns AS k"
                            + " ON k.object_id = i.object_id AND k.index_id = i.index_id"
                            + " INNER JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id"
                            + " ORDER BY t.name, i.name, k.key_ordinal")
                    .toString());
        }
    }
}
