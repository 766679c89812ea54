-- What the verifications of nodes have found: one row for each digest of a node that was compared with dbo.TokenRecords, written once.
-- A row stays when the same digest is compared again, as after a crash.

CREATE TABLE dbo.NodeVerifications (
    source_ip         NVARCHAR(45)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    node_name         NVARCHAR(255)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- the highest record version that the digest covers
    watermark         BIGINT         NOT NULL,
    -- when the agent had read the node
    as_of             DATETIME2(7)   NOT NULL,
    -- when the table had been read
    verified_at       DATETIME2(7)   NOT NULL,
    -- schedule, command, new_state, repair
    started_by        NVARCHAR(20)   NOT NULL,
    -- equal, unsettled, differs, contested
    outcome           NVARCHAR(20)   NOT NULL,
    node_rows         BIGINT         NOT NULL,
    table_rows        BIGINT         NOT NULL,
    node_digest       CHAR(64)       COLLATE Latin1_General_100_BIN2 NOT NULL,
    table_digest      CHAR(64)       COLLATE Latin1_General_100_BIN2 NOT NULL,
    buckets           INT            NOT NULL,
    -- those that differ, and of these those in which the table has something newer than the digest
    buckets_differing INT            NOT NULL,
    buckets_unsettled INT            NOT NULL,
    -- what the agent has done about the verification before this one
    rows_republished  BIGINT         NOT NULL,
    rows_deleted      BIGINT         NOT NULL,
    rows_deferred     BIGINT         NOT NULL,
    -- of reading the table
    duration_seconds  FLOAT          NOT NULL,
    agent_id          NVARCHAR(36)   NOT NULL,
    session_id        NVARCHAR(36)   NOT NULL,
    CONSTRAINT PK_NodeVerifications PRIMARY KEY CLUSTERED (source_ip, node_name, watermark)
);
GO
