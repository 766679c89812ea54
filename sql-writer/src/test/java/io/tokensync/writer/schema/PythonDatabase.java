package io.tokensync.writer.schema;

import java.sql.SQLException;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.jdbc.Table;

/** A database as the Python tool makes and fills it. */
final class PythonDatabase {
    private PythonDatabase() {}

    static void create(Table table, Dialect dialect) throws SQLException {
        try {
            table.run("CREATE SCHEMA dbo");
        } catch (SQLException _) {
            // SQL Server has it already.
        }
        table.run("""
                CREATE TABLE dbo.TokenRecords (
                    id BIGINT IDENTITY(1,1) PRIMARY KEY, source_ip NVARCHAR(45) NOT NULL,
                    node_name NVARCHAR(255) NOT NULL, did NVARCHAR(1000), token_id NVARCHAR(500),
                    created_at DATETIME2(7), updated_at DATETIME2(7), token_status NVARCHAR(50),
                    parent_token_id NVARCHAR(500), token_value NVARCHAR(MAX), ipfs_data NVARCHAR(MAX),
                    ipfs_fetched BIT DEFAULT 0, ipfs_error NVARCHAR(1000), db_path NVARCHAR(500) NOT NULL,
                    ipfs_path NVARCHAR(500), db_last_modified DATETIME2(7) NOT NULL, synced_at DATETIME2(7),
                    validation_errors NVARCHAR(MAX))""", """
                CREATE TABLE dbo.ProcessedDatabases (
                    db_path NVARCHAR(500) PRIMARY KEY, last_modified DATETIME2(7) NOT NULL,
                    last_processed DATETIME2(7) NOT NULL, record_count INT DEFAULT 0, ipfs_success_count INT DEFAULT 0,
                    ipfs_fail_count INT DEFAULT 0, validation_error_count INT DEFAULT 0,
                    processing_duration_seconds FLOAT DEFAULT 0)""", """
                CREATE TABLE dbo.SyncSessions (
                    session_id UNIQUEIDENTIFIER DEFAULT NEWID() PRIMARY KEY, start_time DATETIME2(7),
                    end_time DATETIME2(7), source_ip NVARCHAR(45) NOT NULL, total_databases_found INT DEFAULT 0,
                    total_databases_processed INT DEFAULT 0, total_records_processed INT DEFAULT 0,
                    total_ipfs_success INT DEFAULT 0, total_ipfs_failures INT DEFAULT 0,
                    total_sql_inserts INT DEFAULT 0, total_sql_errors INT DEFAULT 0,
                    total_validation_errors INT DEFAULT 0, status NVARCHAR(20) DEFAULT 'RUNNING',
                    error_summary NVARCHAR(MAX))""");
        table.run(dialect == Dialect.SQL_SERVER
                ? "CREATE INDEX IX_TokenRecords_token_id ON dbo.TokenRecords (token_id) INCLUDE (did, ipfs_fetched)"
                : "CREATE INDEX dbo.IX_TokenRecords_token_id ON dbo.TokenRecords (token_id)");
    }

    static void insert(Table table, String node, String token, String status, String updated, String data, int fetched,
            String error, String synced) throws SQLException {
        table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, did, token_id, updated_at, token_status,"
                + " parent_token_id, ipfs_data, ipfs_fetched, ipfs_error, db_path, db_last_modified, synced_at) VALUES ("
                + "'1.2.3.4', '" + node + "', 'c not found', " + (token == null ? "NULL" : "'" + token + "'") + ", "
                + updated + ", " + status + ", 'c not found', " + data + ", " + fetched + ", " + error + ", '/data/"
                + node + "', '2026-01-01', '" + synced + "')");
    }

    /** So many rows, a power of two; of ten of them two have the same id, each tenth lost its status to a marker. */
    static void fill(Table table, int rows) throws SQLException {
        insert(table, "n0", "Q0", "'0'", "'2026-01-01'", "'content'", 1, "NULL", "2026-02-01");
        for (int there = 1; there < rows; there *= 2) {
            table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, did, token_id, updated_at, token_status,"
                    + " ipfs_data, ipfs_fetched, db_path, db_last_modified, synced_at) SELECT source_ip, node_name,"
                    + " CONCAT('did', id), CONCAT('Q', (id + " + there + ") * 9 / 10), updated_at,"
                    + " CASE WHEN (id + " + there + ") % 10 = 0 THEN 'essential_only' ELSE '4' END,"
                    + " ipfs_data, 1, db_path, db_last_modified, synced_at FROM dbo.TokenRecords");
        }
    }

    static void rename(Table table, Dialect dialect, String from, String to) throws SQLException {
        table.run(dialect == Dialect.SQLITE
                ? "ALTER TABLE dbo." + from + " RENAME TO " + to
                : "EXEC sp_rename N'dbo." + from + "', N'" + to + "'");
    }
}
