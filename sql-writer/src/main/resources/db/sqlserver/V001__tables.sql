-- The tables of Rubix Token Sync on SQL Server and Azure SQL.
--
-- Names and columns are those that users query since the Python tool; what is new stands at the end of each table.
-- Identifiers of tokens, owners and nodes are case-sensitive (CIDs and DIDs are base58 and base32 texts), therefore
-- they collate Latin1_General_100_BIN2 whatever the database's default is.
--
-- Readers and writers wait for each other, or deadlock, unless the database gives readers the rows as they were last
-- committed. Azure SQL Database does so by default, SQL Server does not. Its owner says so once, while nobody else is in the
-- database (WITH ROLLBACK IMMEDIATE behind it ends the others' transactions instead of waiting for them):
--
--     ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON;

CREATE TABLE dbo.TokenRecords (
    id                    BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_TokenRecords PRIMARY KEY CLUSTERED,
    source_ip             NVARCHAR(45)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    node_name             NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    did                   NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
    token_id              NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at            DATETIME2(7)   NULL,
    updated_at            DATETIME2(7)   NULL,
    token_status          NVARCHAR(50)   NULL,
    parent_token_id       NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    token_value           NVARCHAR(MAX)  NULL,
    ipfs_data             NVARCHAR(MAX)  NULL,
    ipfs_fetched          BIT            NOT NULL CONSTRAINT DF_TokenRecords_ipfs_fetched DEFAULT 0,
    ipfs_error            NVARCHAR(1000) NULL,
    -- NULL in a row of which only the deletion is known
    db_path               NVARCHAR(500)  NULL,
    ipfs_path             NVARCHAR(500)  NULL,
    -- NULL as db_path
    db_last_modified      DATETIME2(7)   NULL,
    synced_at             DATETIME2(7)   NOT NULL CONSTRAINT DF_TokenRecords_synced_at DEFAULT SYSUTCDATETIME(),
    validation_errors     NVARCHAR(MAX)  NULL,
    -- what the Python tool has not
    token_kind            NVARCHAR(20)   NULL,
    status_name           NVARCHAR(50)   NULL,
    node_generation       NVARCHAR(20)   NULL,
    ipfs_source           NVARCHAR(50)   NULL,
    ipfs_info             NVARCHAR(1000) NULL,
    token_state_hash      NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    transaction_id        NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    -- what the node has under transaction_id, which nodes before v1 do not keep
    transaction_check     NVARCHAR(20)   NULL,
    transaction_initiator NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
    transaction_owner     NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
    transaction_time      DATETIME2(7)   NULL,
    session_id            NVARCHAR(36)   NULL,
    -- the three registers of the merge: row, deletion, content
    record_version        BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_record_version DEFAULT 0,
    row_hash              BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_row_hash DEFAULT 0,
    deleted_version       BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_deleted_version DEFAULT 0,
    deleted_at            DATETIME2(7)   NULL,
    content_version       BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_content_version DEFAULT 0,
    content_hash          BIGINT         NOT NULL CONSTRAINT DF_TokenRecords_content_hash DEFAULT 0,
    -- which whole token it is, in both generations: of ipfs_info, and therefore of the content register. What is no JSON, or no
    -- number, is NULL and must not end the merge.
    token_level           AS CAST(CASE WHEN ISJSON(ipfs_info) = 1 THEN CASE WHEN JSON_VALUE(ipfs_info, '$.kind') = N'whole' THEN
        TRY_CAST(JSON_VALUE(ipfs_info, '$.level') AS DECIMAL(9, 0)) END END AS INT) PERSISTED,
    token_number          AS CAST(CASE WHEN ISJSON(ipfs_info) = 1 THEN CASE WHEN JSON_VALUE(ipfs_info, '$.kind') = N'whole' THEN
        TRY_CAST(JSON_VALUE(ipfs_info, '$.number') AS DECIMAL(9, 0)) END END AS INT) PERSISTED
);
GO

-- A batch locks more than the 5,000 rows from which on SQL Server would lock the whole table instead: writers of other
-- partitions would then wait for each other, and readers for all of them.
ALTER TABLE dbo.TokenRecords SET (LOCK_ESCALATION = DISABLE);
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
CREATE NONCLUSTERED INDEX IX_TokenRecords_node_name ON dbo.TokenRecords (node_name) INCLUDE (source_ip, node_generation);
GO
-- Both generations of the whole tokens in the order of their level and number, with what the audit of the move to v1 compares: it
-- reads two ranges of this index side by side and no row of the table. Values are short texts, whatever their type allows.
CREATE NONCLUSTERED INDEX IX_TokenRecords_identity_of_whole ON dbo.TokenRecords (node_generation, token_level, token_number)
    INCLUDE (source_ip, node_name, token_id, did, status_name, token_value, token_kind, deleted_version)
    WHERE token_kind = N'whole' AND deleted_version = 0;
GO

-- Keyed by machine and path: two machines with the same layout are two databases.
CREATE TABLE dbo.ProcessedDatabases (
    source_ip                   NVARCHAR(45)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    db_path                     NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    last_modified               DATETIME2(7)   NOT NULL,
    last_processed              DATETIME2(7)   NOT NULL,
    record_count                INT            NOT NULL CONSTRAINT DF_ProcessedDatabases_record_count DEFAULT 0,
    ipfs_success_count          INT            NOT NULL CONSTRAINT DF_ProcessedDatabases_ipfs_success_count DEFAULT 0,
    ipfs_fail_count             INT            NOT NULL CONSTRAINT DF_ProcessedDatabases_ipfs_fail_count DEFAULT 0,
    validation_error_count      INT            NOT NULL CONSTRAINT DF_ProcessedDatabases_validation_error_count DEFAULT 0,
    processing_duration_seconds FLOAT          NOT NULL CONSTRAINT DF_ProcessedDatabases_duration DEFAULT 0,
    -- the latest scan that the monitor has reconciled; scan_started_at and revision say which is the latest
    node_name                   NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NULL,
    session_id                  NVARCHAR(36)   NULL,
    status                      NVARCHAR(30)   NULL,
    scan_started_at             DATETIME2(7)   NULL,
    records_published           BIGINT         NOT NULL CONSTRAINT DF_ProcessedDatabases_published DEFAULT 0,
    records_in_flight           BIGINT         NOT NULL CONSTRAINT DF_ProcessedDatabases_in_flight DEFAULT 0,
    -- when it was last looked at, and what stands in the way of that. last_processed moves with the looks of the agent, at
    -- least once an hour, whether anything has changed or not; it stays where it is as long as there is a problem
    looked_at                   DATETIME2(7)   NULL,
    problem                     NVARCHAR(1000) NULL,
    problem_since               DATETIME2(7)   NULL,
    -- a summary that the agent has not announced has only parts of what happened, and takes the place of no other
    announced                   BIT            NOT NULL CONSTRAINT DF_ProcessedDatabases_announced DEFAULT 0,
    revision                    BIGINT         NOT NULL CONSTRAINT DF_ProcessedDatabases_revision DEFAULT 0,
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
    status                    NVARCHAR(30)     NOT NULL CONSTRAINT DF_SyncSessions_status DEFAULT N'RUNNING',
    error_summary             NVARCHAR(MAX)    NULL,
    -- what the monitor reconciles; a summary of a lower revision comes late and changes nothing
    scan_ended_at             DATETIME2(7)     NULL,
    last_moved_at             DATETIME2(7)     NULL,
    -- total_records_processed = total_records_published + total_records_rejected; rows that are as they were are read, and
    -- no more
    total_records_read        BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_read DEFAULT 0,
    -- = total_sql_inserts + total_sql_updates + total_sql_unchanged + total_dead_lettered + records_in_flight
    total_records_published   BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_published DEFAULT 0,
    total_records_rejected    BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_rejected DEFAULT 0,
    total_sql_updates         BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_sql_updates DEFAULT 0,
    total_sql_unchanged       BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_sql_unchanged DEFAULT 0,
    total_dead_lettered       BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_dead_lettered DEFAULT 0,
    records_in_flight         BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_in_flight DEFAULT 0,
    announced                 BIT              NOT NULL CONSTRAINT DF_SyncSessions_announced DEFAULT 0,
    revision                  BIGINT           NOT NULL CONSTRAINT DF_SyncSessions_revision DEFAULT 0
);
GO
