-- The batch in H2: one array parameter per column, in the order of StageColumn. There is no table to fill and to empty:
-- measured against a temporary table (with and without a key) and against one MERGE per row, this was the fastest way in.
-- name: stage
(
    SELECT
        source_ip, node_name, token_id, did, created_at, updated_at, token_status, parent_token_id, token_value,
        token_kind, status_name, node_generation, token_state_hash, transaction_id, validation_errors, session_id,
        db_path, ipfs_path, db_last_modified, record_version, row_hash, deleted_version, deleted_at, ipfs_data,
        ipfs_fetched, ipfs_error, ipfs_source, ipfs_info, content_version, content_hash, origin
    FROM UNNEST(
        CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
        CAST(? AS TIMESTAMP(7) ARRAY), CAST(? AS TIMESTAMP(7) ARRAY), CAST(? AS VARCHAR ARRAY),
        CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
        CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
        CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS TIMESTAMP(7) ARRAY),
        CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS TIMESTAMP(7) ARRAY),
        CAST(? AS VARCHAR ARRAY), CAST(? AS BOOLEAN ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
        CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY)
    ) AS batch (
        source_ip, node_name, token_id, did, created_at, updated_at, token_status, parent_token_id, token_value,
        token_kind, status_name, node_generation, token_state_hash, transaction_id, validation_errors, session_id,
        db_path, ipfs_path, db_last_modified, record_version, row_hash, deleted_version, deleted_at, ipfs_data,
        ipfs_fetched, ipfs_error, ipfs_source, ipfs_info, content_version, content_hash, origin
    )
)

-- name: now
CURRENT_TIMESTAMP AT TIME ZONE 'UTC'

-- H2 seeks by itself.
-- name: plan

-- The monitor's summaries, which sessions.sql has.
-- name: guid
CAST(? AS UNIQUEIDENTIFIER)

-- name: text
CAST(? AS NVARCHAR(500))

-- name: time_value
CAST(? AS DATETIME2(7))

-- name: delete_ended_sessions
DELETE TOP (500) FROM dbo.SyncSessions WHERE end_time < ?
