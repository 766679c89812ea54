-- What dbo.TokenRecords was: one row for every version of a row that an agent has published, superseded and late ones too, written in
-- the transaction that merges it. A set that only grows, in which each version is once: it is the same whatever the order in which
-- records come, and however often. Only observed_at and content_hash tell of the record that was first.
--
-- Clustered by the order of arrival: a new version is written at the end, old ones stand together at the beginning, where
-- writer.history.keep deletes them, and a range of ids can be moved into a partition. Compressed by pages: versions of a token are
-- alike, and the log has them compressed by rows. Every edition has it since SQL Server 2016 SP1, before which CREATE OR ALTER, that
-- the views need, is not there either; Azure SQL has it too.

CREATE TABLE dbo.TokenHistory (
    id                    BIGINT IDENTITY(1,1) NOT NULL,
    source_ip             NVARCHAR(45)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    node_name             NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    token_id              NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    record_version        BIGINT         NOT NULL,
    -- of all fields of the version, those of its origin too: two versions of one number that differ are two rows
    row_hash              BIGINT         NOT NULL,
    did                   NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
    token_status          NVARCHAR(50)   NULL,
    status_name           NVARCHAR(50)   NULL,
    token_value           NVARCHAR(MAX)  NULL,
    parent_token_id       NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    token_kind            NVARCHAR(20)   NULL,
    node_generation       NVARCHAR(20)   NULL,
    created_at            DATETIME2(7)   NULL,
    updated_at            DATETIME2(7)   NULL,
    token_state_hash      NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    transaction_id        NVARCHAR(500)  COLLATE Latin1_General_100_BIN2 NULL,
    -- of the content that came with the version first, as TokenRecords has it; NULL when none did
    content_hash          BIGINT         NULL,
    -- NULL in a living row; on one that says that the token is gone from its node the fields above are NULL
    deleted_at            DATETIME2(7)   NULL,
    session_id            NVARCHAR(36)   NULL,
    -- the node's time: of its database when the agent read it
    db_last_modified      DATETIME2(7)   NULL,
    -- the table's time: when it learned of the version
    observed_at           DATETIME2(7)   NOT NULL CONSTRAINT DF_TokenHistory_observed_at DEFAULT SYSUTCDATETIME(),
    CONSTRAINT PK_TokenHistory PRIMARY KEY CLUSTERED (id) WITH (DATA_COMPRESSION = PAGE)
);
GO

-- As dbo.TokenRecords: writers of other partitions must not wait for each other.
ALTER TABLE dbo.TokenHistory SET (LOCK_ESCALATION = DISABLE);
GO

-- One row per version; 1,616 of the 1,700 bytes that an index key may have. It begins with the identity, so that the versions of a
-- row are found by it.
CREATE UNIQUE NONCLUSTERED INDEX UX_TokenHistory_version ON dbo.TokenHistory (source_ip, node_name, token_id, record_version, row_hash)
    WITH (DATA_COMPRESSION = PAGE);
GO

-- For the questions "where has this token been" and "what has this owner held".
CREATE NONCLUSTERED INDEX IX_TokenHistory_token_id ON dbo.TokenHistory (token_id) WITH (DATA_COMPRESSION = PAGE);
GO
CREATE NONCLUSTERED INDEX IX_TokenHistory_did ON dbo.TokenHistory (did) WITH (DATA_COMPRESSION = PAGE);
GO
