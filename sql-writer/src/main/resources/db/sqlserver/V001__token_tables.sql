-- The tables of Rubix Token Sync on SQL Server and Azure SQL.
--
-- Names and columns are those that users query since the Python tool; what is new stands at the end of each table.
-- Identifiers of tokens, owners and nodes are case-sensitive (CIDs and DIDs are base58 and base32 texts), therefore
-- they collate Latin1_General_100_BIN2 whatever the database's default is.

CREATE TABLE dbo.TokenRecords (
    id                 BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_TokenRecords PRIMARY KEY CLUSTERED,
    source_ip          NVARCHAR(45)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    node_name          NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    did                NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
    token_id           NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at         DATETIME2(7)   NULL,
    updated_at         DATETIME2(7)   NULL,
    token_status       NVARCHAR(50)   NULL,
    parent_token_id    NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    token_value        NVARCHAR(MAX)  NULL,
    ipfs_data          NVARCHAR(MAX)  NULL,
    ipfs_fetched       BIT            NOT NULL CONSTRAINT DF_TokenRecords_ipfs_fetched DEFAULT 0,
    ipfs_error         NVARCHAR(1000) NULL,
    -- NULL in a row of which only the deletion is known
    db_path            NVARCHAR(500)  NULL,
    ipfs_path          NVARCHAR(500)  NULL,
    -- NULL as db_path
    db_last_modified   DATETIME2(7)   NULL,
    synced_at          DATETIME2(7)   NOT NULL CONSTRAINT DF_TokenRecords_synced_at DEFAULT SYSUTCDATETIME(),
    validation_errors  NVARCHAR(MAX)  NULL,
    -- additive columns
    token_kind         NVARCHAR(20)   NULL,
    ipfs_source        NVARCHAR(50)   NULL,
    token_state_hash   NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    transaction_id     NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    session_id         NVARCHAR(36)   NULL,
    -- the three registers of the merge: row, deletion, content
    record_version     BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_record_version DEFAULT 0,
    row_hash           BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_row_hash DEFAULT 0,
    deleted_version    BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_deleted_version DEFAULT 0,
    deleted_at         DATETIME2(7)   NULL,
    content_version    BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_content_version DEFAULT 0,
    content_hash       BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_content_hash DEFAULT 0
);
GO

-- One row per identity; 1,600 of the 1,700 bytes that an index key may have.
CREATE UNIQUE NONCLUSTERED INDEX UX_TokenRecords_identity ON dbo.TokenRecords (source_ip, node_name, token_id);
GO

-- Of the Python tool's seven indexes three are kept, for the questions "where is this token", "what does this owner
-- hold" and "what is on this node". Every index costs transaction log for each row written, which is what limits
-- Azure SQL. Not kept:
--   source_ip            the identity index begins with it
--   db_path              one value per node: node_name answers the same question
--   ipfs_fetched         two values, nearly all of them 1
--   synced_at            changes at every write, so each update would move an index row
-- and the included columns that change at every write (synced_at) are left out of the others.
-- A did is 59 characters; one of more than 850 does not fit the index and is rejected with error 1946.
CREATE NONCLUSTERED INDEX IX_TokenRecords_token_id ON dbo.TokenRecords (token_id) INCLUDE (did, ipfs_fetched);
GO
CREATE NONCLUSTERED INDEX IX_TokenRecords_did ON dbo.TokenRecords (did) INCLUDE (token_id, node_name);
GO
CREATE NONCLUSTERED INDEX IX_TokenRecords_node_name ON dbo.TokenRecords (node_name) INCLUDE (source_ip);
GO

-- Keyed by machine and path: two machines with the same layout are two databases.
CREATE TABLE dbo.ProcessedDatabases (
    source_ip                   NVARCHAR(45)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    db_path                     NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
    last_modified               DATETIME2(7)  NOT NULL,
    last_processed              DATETIME2(7)  NOT NULL,
    record_count                INT           NOT NULL CONSTRAINT DF_ProcessedDatabases_record_count DEFAULT 0,
    ipfs_success_count          INT           NOT NULL CONSTRAINT DF_ProcessedDatabases_ipfs_success_count DEFAULT 0,
    ipfs_fail_count             INT           NOT NULL CONSTRAINT DF_ProcessedDatabases_ipfs_fail_count DEFAULT 0,
    validation_error_count      INT           NOT NULL CONSTRAINT DF_ProcessedDatabases_validation_error_count DEFAULT 0,
    processing_duration_seconds FLOAT         NOT NULL CONSTRAINT DF_ProcessedDatabases_duration DEFAULT 0,
    CONSTRAINT PK_ProcessedDatabases PRIMARY KEY NONCLUSTERED (source_ip, db_path)
);
GO

CREATE TABLE dbo.SyncSessions (
    session_id                UNIQUEIDENTIFIER NOT NULL CONSTRAINT DF_SyncSessions_session_id DEFAULT NEWID()
                                               CONSTRAINT PK_SyncSessions PRIMARY KEY NONCLUSTERED,
    start_time                DATETIME2(7)     NOT NULL CONSTRAINT DF_SyncSessions_start_time DEFAULT SYSUTCDATETIME(),
    end_time                  DATETIME2(7)     NULL,
    source_ip                 NVARCHAR(45)     COLLATE Latin1_General_100_BIN2 NOT NULL,
    total_databases_found     INT              NOT NULL CONSTRAINT DF_SyncSessions_found DEFAULT 0,
    total_databases_processed INT              NOT NULL CONSTRAINT DF_SyncSessions_processed DEFAULT 0,
    total_records_processed   INT              NOT NULL CONSTRAINT DF_SyncSessions_records DEFAULT 0,
    total_ipfs_success        INT              NOT NULL CONSTRAINT DF_SyncSessions_ipfs_success DEFAULT 0,
    total_ipfs_failures       INT              NOT NULL CONSTRAINT DF_SyncSessions_ipfs_failures DEFAULT 0,
    total_sql_inserts         INT              NOT NULL CONSTRAINT DF_SyncSessions_sql_inserts DEFAULT 0,
    total_sql_errors          INT              NOT NULL CONSTRAINT DF_SyncSessions_sql_errors DEFAULT 0,
    total_validation_errors   INT              NOT NULL CONSTRAINT DF_SyncSessions_validation_errors DEFAULT 0,
    status                    NVARCHAR(20)     NOT NULL CONSTRAINT DF_SyncSessions_status DEFAULT N'RUNNING',
    error_summary             NVARCHAR(MAX)    NULL
);
GO

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
GO
