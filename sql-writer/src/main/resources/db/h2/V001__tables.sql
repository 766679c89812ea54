-- The tables of Rubix Token Sync in H2 (MODE=MSSQLServer): the same names, columns and keys as on SQL Server, whose
-- script says what they mean. H2 compares text case-sensitively by itself and knows no COLLATE in a column, no INCLUDE and no
-- clustered index.

CREATE TABLE dbo.TokenRecords (
    id                    BIGINT IDENTITY(1,1) NOT NULL PRIMARY KEY,
    source_ip             NVARCHAR(45)   NOT NULL,
    node_name             NVARCHAR(255)  NOT NULL,
    did                   NVARCHAR(1000) NULL,
    token_id              NVARCHAR(500)  NOT NULL,
    created_at            DATETIME2(7)   NULL,
    updated_at            DATETIME2(7)   NULL,
    token_status          NVARCHAR(50)   NULL,
    parent_token_id       NVARCHAR(500)  NULL,
    token_value           NVARCHAR(MAX)  NULL,
    ipfs_data             NVARCHAR(MAX)  NULL,
    ipfs_fetched          BIT            DEFAULT 0 NOT NULL,
    ipfs_error            NVARCHAR(1000) NULL,
    db_path               NVARCHAR(500)  NULL,
    ipfs_path             NVARCHAR(500)  NULL,
    db_last_modified      DATETIME2(7)   NULL,
    synced_at             DATETIME2(7)   DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC') NOT NULL,
    validation_errors     NVARCHAR(MAX)  NULL,
    token_kind            NVARCHAR(20)   NULL,
    status_name           NVARCHAR(50)   NULL,
    node_generation       NVARCHAR(20)   NULL,
    ipfs_source           NVARCHAR(50)   NULL,
    ipfs_info             NVARCHAR(1000) NULL,
    token_state_hash      NVARCHAR(500)  NULL,
    transaction_id        NVARCHAR(500)  NULL,
    transaction_check     NVARCHAR(20)   NULL,
    transaction_initiator NVARCHAR(1000) NULL,
    transaction_owner     NVARCHAR(1000) NULL,
    transaction_time      DATETIME2(7)   NULL,
    session_id            NVARCHAR(36)   NULL,
    record_version        BIGINT         DEFAULT 0 NOT NULL,
    row_hash              BIGINT         DEFAULT 0 NOT NULL,
    deleted_version       BIGINT         DEFAULT 0 NOT NULL,
    deleted_at            DATETIME2(7)   NULL,
    content_version       BIGINT         DEFAULT 0 NOT NULL,
    content_hash          BIGINT         DEFAULT 0 NOT NULL,
    token_level           INT            GENERATED ALWAYS AS (
        CASE WHEN ipfs_info LIKE '%"kind":"whole"%' THEN
            CAST(REGEXP_SUBSTR(ipfs_info, '"level":([0-9]{1,9})[,}]', 1, 1, '', 1) AS INT)
        END),
    token_number          INT            GENERATED ALWAYS AS (
        CASE WHEN ipfs_info LIKE '%"kind":"whole"%' THEN
            CAST(REGEXP_SUBSTR(ipfs_info, '"number":([0-9]{1,9})[,}]', 1, 1, '', 1) AS INT)
        END)
);

CREATE UNIQUE INDEX dbo.UX_TokenRecords_identity ON dbo.TokenRecords (source_ip, node_name, token_id);
CREATE INDEX dbo.IX_TokenRecords_token_id ON dbo.TokenRecords (token_id);
CREATE INDEX dbo.IX_TokenRecords_identity_of_whole ON dbo.TokenRecords (node_generation, token_level, token_number);
-- No index on did and node_name: this database is small enough to scan, and each index slows the writer down.

CREATE TABLE dbo.ProcessedDatabases (
    source_ip                   NVARCHAR(45)   NOT NULL,
    db_path                     NVARCHAR(500)  NOT NULL,
    last_modified               DATETIME2(7)   NOT NULL,
    last_processed              DATETIME2(7)   NOT NULL,
    record_count                INT            DEFAULT 0 NOT NULL,
    ipfs_success_count          INT            DEFAULT 0 NOT NULL,
    ipfs_fail_count             INT            DEFAULT 0 NOT NULL,
    validation_error_count      INT            DEFAULT 0 NOT NULL,
    processing_duration_seconds FLOAT          DEFAULT 0 NOT NULL,
    node_name                   NVARCHAR(255)  NULL,
    session_id                  NVARCHAR(36)   NULL,
    status                      NVARCHAR(30)   NULL,
    scan_started_at             DATETIME2(7)   NULL,
    records_published           BIGINT         DEFAULT 0 NOT NULL,
    records_in_flight           BIGINT         DEFAULT 0 NOT NULL,
    looked_at                   DATETIME2(7)   NULL,
    problem                     NVARCHAR(1000) NULL,
    problem_since               DATETIME2(7)   NULL,
    announced                   BIT            DEFAULT 0 NOT NULL,
    revision                    BIGINT         DEFAULT 0 NOT NULL,
    CONSTRAINT PK_ProcessedDatabases PRIMARY KEY (source_ip, db_path)
);

CREATE TABLE dbo.SyncSessions (
    session_id                UNIQUEIDENTIFIER DEFAULT NEWID() NOT NULL PRIMARY KEY,
    start_time                DATETIME2(7)     DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC') NOT NULL,
    end_time                  DATETIME2(7)     NULL,
    source_ip                 NVARCHAR(45)     NOT NULL,
    total_databases_found     INT              DEFAULT 0 NOT NULL,
    total_databases_processed INT              DEFAULT 0 NOT NULL,
    total_records_processed   INT              DEFAULT 0 NOT NULL,
    total_ipfs_success        INT              DEFAULT 0 NOT NULL,
    total_ipfs_failures       INT              DEFAULT 0 NOT NULL,
    total_sql_inserts         INT              DEFAULT 0 NOT NULL,
    total_sql_errors          INT              DEFAULT 0 NOT NULL,
    total_validation_errors   INT              DEFAULT 0 NOT NULL,
    status                    NVARCHAR(30)     DEFAULT N'RUNNING' NOT NULL,
    error_summary             NVARCHAR(MAX)    NULL,
    scan_ended_at             DATETIME2(7)     NULL,
    last_moved_at             DATETIME2(7)     NULL,
    total_records_read        BIGINT           DEFAULT 0 NOT NULL,
    total_records_published   BIGINT           DEFAULT 0 NOT NULL,
    total_records_rejected    BIGINT           DEFAULT 0 NOT NULL,
    total_sql_updates         BIGINT           DEFAULT 0 NOT NULL,
    total_sql_unchanged       BIGINT           DEFAULT 0 NOT NULL,
    total_dead_lettered       BIGINT           DEFAULT 0 NOT NULL,
    records_in_flight         BIGINT           DEFAULT 0 NOT NULL,
    announced                 BIT              DEFAULT 0 NOT NULL,
    revision                  BIGINT           DEFAULT 0 NOT NULL
);

-- The account of "tokensync query": reads, and nothing else. It is as open as the database file it is in.
CREATE USER IF NOT EXISTS "READER" PASSWORD '';
GRANT SELECT ON SCHEMA dbo TO "READER";
