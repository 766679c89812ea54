-- The batch on SQL Server: a heap, so that the bulk copy only appends; each connection has its own, made at its first
-- batch and emptied before each. Every text collates as its column of the table does, because tempdb has a collation of its own.
-- Times are text (yyyy-mm-dd hh:mm:ss.fffffff, UTC): the driver's bulk copy takes a DATETIME2 through the time zone of its
-- process, and an hour that this zone skips in spring would be stored wrong.
-- name: prepare
SET XACT_ABORT ON;
IF OBJECT_ID(N'tempdb..#stage') IS NULL
    CREATE TABLE #stage (
        source_ip             NVARCHAR(45) COLLATE Latin1_General_100_BIN2 NOT NULL,
        node_name             NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        token_id              NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        did                   NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
        created_at            NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        updated_at            NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        token_status          NVARCHAR(50) COLLATE DATABASE_DEFAULT NULL,
        parent_token_id       NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NULL,
        token_value           NVARCHAR(MAX) COLLATE DATABASE_DEFAULT NULL,
        token_kind            NVARCHAR(20) COLLATE DATABASE_DEFAULT NULL,
        status_name           NVARCHAR(50) COLLATE DATABASE_DEFAULT NULL,
        node_generation       NVARCHAR(20) COLLATE DATABASE_DEFAULT NULL,
        token_state_hash      NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NULL,
        transaction_id        NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NULL,
        transaction_check     NVARCHAR(20) COLLATE DATABASE_DEFAULT NULL,
        transaction_initiator NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
        transaction_owner     NVARCHAR(1000) COLLATE Latin1_General_100_BIN2 NULL,
        transaction_time      NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        validation_errors     NVARCHAR(MAX) COLLATE DATABASE_DEFAULT NULL,
        session_id            NVARCHAR(36) COLLATE DATABASE_DEFAULT NULL,
        db_path               NVARCHAR(500) COLLATE DATABASE_DEFAULT NULL,
        ipfs_path             NVARCHAR(500) COLLATE DATABASE_DEFAULT NULL,
        db_last_modified      NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        record_version        BIGINT NOT NULL,
        row_hash              BIGINT NOT NULL,
        deleted_version       BIGINT NOT NULL,
        deleted_at            NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        ipfs_data             NVARCHAR(MAX) COLLATE DATABASE_DEFAULT NULL,
        ipfs_fetched          BIT NOT NULL,
        ipfs_error            NVARCHAR(1000) COLLATE DATABASE_DEFAULT NULL,
        ipfs_source           NVARCHAR(50) COLLATE DATABASE_DEFAULT NULL,
        ipfs_info             NVARCHAR(1000) COLLATE DATABASE_DEFAULT NULL,
        content_version       BIGINT NOT NULL,
        content_hash          BIGINT NOT NULL,
        origin                BIGINT NOT NULL
    );
ELSE
    TRUNCATE TABLE #stage;

-- name: stage
(
    SELECT
        source_ip, node_name, token_id, did, CAST(created_at AS DATETIME2(7)) AS created_at,
        CAST(updated_at AS DATETIME2(7)) AS updated_at, token_status, parent_token_id, token_value, token_kind,
        status_name, node_generation, token_state_hash, transaction_id, transaction_check, transaction_initiator,
        transaction_owner, CAST(transaction_time AS DATETIME2(7)) AS transaction_time, validation_errors, session_id,
        db_path, ipfs_path, CAST(db_last_modified AS DATETIME2(7)) AS db_last_modified, record_version, row_hash,
        deleted_version, CAST(deleted_at AS DATETIME2(7)) AS deleted_at, ipfs_data, ipfs_fetched, ipfs_error,
        ipfs_source, ipfs_info, content_version, content_hash, origin
    FROM #stage
)

-- What is staged in the place of whole rows while most of them are known (narrow.sql), and the answer: the places in the batch of those
-- rows that are not the same.
-- name: prepare_narrow
SET XACT_ABORT ON;
IF OBJECT_ID(N'tempdb..#narrow') IS NULL
    CREATE TABLE #narrow (
        source_ip       NVARCHAR(45) COLLATE Latin1_General_100_BIN2 NOT NULL,
        node_name       NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        token_id        NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        record_version  BIGINT NOT NULL,
        row_hash        BIGINT NOT NULL,
        deleted_version BIGINT NOT NULL,
        deleted_at      NVARCHAR(27) COLLATE DATABASE_DEFAULT NULL,
        content_rank    BIGINT NOT NULL,
        content_version BIGINT NOT NULL,
        content_hash    BIGINT NOT NULL,
        place           BIGINT NOT NULL
    );
ELSE
    TRUNCATE TABLE #narrow;

-- name: narrow
(
    SELECT
        source_ip, node_name, token_id, record_version, row_hash, deleted_version,
        CAST(deleted_at AS DATETIME2(7)) AS deleted_at, content_rank, content_version, content_hash, place
    FROM #narrow
)

-- name: compare_narrow
SELECT s.place, {relation} AS relation
FROM {narrow} AS s
LEFT JOIN dbo.TokenRecords AS t ON {key_equal}
WHERE {relation} <> 1
{plan};

-- name: now
SYSUTCDATETIME()

-- A seek for each row of the stage. Left to itself the optimizer reads the whole table from some thousand rows on, and a
-- merge that reads it locks what it reads: writers of other partitions would wait for each other, or deadlock (LOOP JOIN). The stage
-- comes first, or the loop would go over the rows of the table and read the stage for each (FORCE ORDER). The plan is then the same
-- for every batch, so it stays when the stage has been emptied and filled with another number of rows; without that nearly
-- every batch would be compiled, which costs more than a few rows do (KEEPFIXED PLAN).
-- name: plan
OPTION (LOOP JOIN, FORCE ORDER, KEEPFIXED PLAN)

-- The monitor's summaries, which sessions.sql has.
-- name: guid
CAST(? AS UNIQUEIDENTIFIER)

-- name: text
CAST(? AS NVARCHAR(500))

-- name: time_value
CAST(? AS DATETIME2(7))

-- name: delete_ended_sessions
DELETE TOP (500) FROM dbo.SyncSessions WHERE end_time < ?

-- Never the latest of a node.
-- name: delete_verifications
DELETE TOP (500) FROM dbo.NodeVerifications
WHERE verified_at < ? AND EXISTS (
    SELECT 1 FROM dbo.NodeVerifications AS later
    WHERE later.source_ip = NodeVerifications.source_ip AND later.node_name = NodeVerifications.node_name
        AND later.verified_at > NodeVerifications.verified_at
)

-- Content of rows that are there is written behind the merge, by content.sql.
-- name: merge_newer
({row_newer} OR {deletion_newer})

-- name: set_content
