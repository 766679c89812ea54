-- The tables of Rubix Token Sync in H2 (MODE=MSSQLServer): the same names, columns and keys as on SQL Server. H2 compares
-- text case-sensitively by itself and knows no COLLATE in a column, no INCLUDE and no clustered index.

CREATE TABLE dbo.TokenRecords (
    id                 BIGINT IDENTITY(1,1) NOT NULL PRIMARY KEY,
    source_ip          NVARCHAR(45)   NOT NULL,
    node_name          NVARCHAR(255)  NOT NULL,
    did                NVARCHAR(1000) NULL,
    token_id           NVARCHAR(500)  NOT NULL,
    created_at         DATETIME2(7)   NULL,
    updated_at         DATETIME2(7)   NULL,
    token_status       NVARCHAR(50)   NULL,
    parent_token_id    NVARCHAR(500)  NULL,
    token_value        NVARCHAR(MAX)  NULL,
    ipfs_data          NVARCHAR(MAX)  NULL,
    ipfs_fetched       BIT            DEFAULT 0 NOT NULL,
    ipfs_error         NVARCHAR(1000) NULL,
    -- NULL in a row of which only the deletion is known
    db_path            NVARCHAR(500)  NULL,
    ipfs_path          NVARCHAR(500)  NULL,
    -- NULL as db_path
    db_last_modified   DATETIME2(7)   NULL,
    synced_at          DATETIME2(7)   DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC') NOT NULL,
    validation_errors  NVARCHAR(MAX)  NULL,
    -- additive columns
    token_kind         NVARCHAR(20)   NULL,
    ipfs_source        NVARCHAR(50)   NULL,
    token_state_hash   NVARCHAR(500)  NULL,
    transaction_id     NVARCHAR(500)  NULL,
    session_id         NVARCHAR(36)   NULL,
    -- the three registers of the merge: row, deletion, content
    record_version     BIGINT         DEFAULT 0 NOT NULL,
    row_hash           BIGINT         DEFAULT 0 NOT NULL,
    deleted_version    BIGINT         DEFAULT 0 NOT NULL,
    deleted_at         DATETIME2(7)   NULL,
    content_version    BIGINT         DEFAULT 0 NOT NULL,
    content_hash       BIGINT         DEFAULT 0 NOT NULL
);

CREATE UNIQUE INDEX dbo.UX_TokenRecords_identity ON dbo.TokenRecords (source_ip, node_name, token_id);
CREATE INDEX dbo.IX_TokenRecords_token_id ON dbo.TokenRecords (token_id);
-- No index on did and node_name: this database is small enough to scan, and each index slows the writer down.

CREATE TABLE dbo.ProcessedDatabases (
    source_ip                   NVARCHAR(45)  NOT NULL,
    db_path                     NVARCHAR(500) NOT NULL,
    last_modified               DATETIME2(7)  NOT NULL,
    last_processed              DATETIME2(7)  NOT NULL,
    record_count                INT           DEFAULT 0 NOT NULL,
    ipfs_success_count          INT           DEFAULT 0 NOT NULL,
    ipfs_fail_count             INT           DEFAULT 0 NOT NULL,
    validation_error_count      INT           DEFAULT 0 NOT NULL,
    processing_duration_seconds FLOAT         DEFAULT 0 NOT NULL,
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
    status                    NVARCHAR(20)     DEFAULT N'RUNNING' NOT NULL,
    error_summary             NVARCHAR(MAX)    NULL
);

-- For people: status and kind by name, and whether the row is gone from its node.
CREATE VIEW dbo.vw_Tokens AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.token_status,
    CASE t.token_status
        WHEN N'0' THEN N'free'
        WHEN N'1' THEN N'locked'
        WHEN N'2' THEN N'pledged'
        WHEN N'3' THEN N'unpledged'
        WHEN N'4' THEN N'transferred'
        WHEN N'5' THEN N'committed'
        WHEN N'6' THEN N'generated'
        WHEN N'7' THEN N'deployed'
        WHEN N'8' THEN N'fetched'
        WHEN N'9' THEN N'burnt'
        WHEN N'10' THEN N'executed'
        WHEN N'11' THEN N'orphaned'
        WHEN N'12' THEN N'chain sync issue'
        WHEN N'13' THEN N'pledge issue'
        WHEN N'14' THEN N'double spent'
        WHEN N'15' THEN N'pinned as service'
        WHEN N'16' THEN N'burnt for ft'
        WHEN N'17' THEN N'pending'
        WHEN N'20' THEN N'quorum pledged'
        ELSE N'unknown'
    END AS status_name,
    t.token_kind,
    CASE t.token_kind
        WHEN N'whole' THEN N'whole RBT'
        WHEN N'part' THEN N'part of an RBT'
        WHEN N'ft' THEN N'fungible token'
        WHEN N'nft' THEN N'NFT'
        WHEN N'contract' THEN N'smart contract'
        WHEN N'data' THEN N'data token'
        ELSE N'unknown'
    END AS kind_name,
    t.token_value,
    t.parent_token_id,
    t.created_at,
    t.updated_at,
    CAST(CASE WHEN t.deleted_version > 0 THEN 1 ELSE 0 END AS BIT) AS is_deleted,
    t.deleted_at,
    t.ipfs_fetched,
    t.ipfs_data,
    t.ipfs_error,
    t.ipfs_source,
    t.token_state_hash,
    t.transaction_id,
    t.validation_errors,
    t.db_path,
    t.ipfs_path,
    t.db_last_modified,
    t.synced_at,
    t.session_id
FROM dbo.TokenRecords AS t;

-- The account of "tokensync query": reads, and nothing else. It is as open as the database file it is in.
CREATE USER IF NOT EXISTS "READER" PASSWORD '';
GRANT SELECT ON SCHEMA dbo TO "READER";
