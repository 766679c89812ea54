-- What the verifier reads and writes, the same SQL everywhere; {text} and {time_value} are the dialect's, which has
-- delete_verifications as well.

-- The columns in the order in which RowDigest wants them.
-- name: row_columns
token_id, did, token_status, status_name, token_value, parent_token_id, token_kind, node_generation, created_at, updated_at,
    token_state_hash, transaction_id, transaction_check, transaction_initiator, transaction_owner, transaction_time,
    validation_errors, record_version

-- The living rows of a node, for their digests.
-- name: node_rows
SELECT {row_columns}
FROM dbo.TokenRecords
WHERE source_ip = ? AND node_name = ? AND deleted_version = 0

-- All rows of a node, of those that are gone too, for whoever names what differs.
-- name: node_rows_and_gone
SELECT {row_columns}, deleted_version, deleted_at
FROM dbo.TokenRecords
WHERE source_ip = ? AND node_name = ?

-- The versions of all rows of a node, of those that are gone too. Nothing is left out here, so that rows come for as long as the
-- statement runs, and no timeout of the connection ends it.
-- name: node_versions
SELECT token_id, record_version, deleted_version
FROM dbo.TokenRecords
WHERE source_ip = ? AND node_name = ?

-- name: insert_verification
INSERT INTO dbo.NodeVerifications (
    source_ip, node_name, watermark, as_of, verified_at, started_by, outcome, node_rows, table_rows, node_digest, table_digest,
    buckets, buckets_differing, buckets_unsettled, rows_republished, rows_deleted, rows_deferred, duration_seconds, agent_id,
    session_id
)
SELECT
    {text}, {text}, CAST(? AS BIGINT), {time_value}, {time_value}, {text}, {text}, CAST(? AS BIGINT), CAST(? AS BIGINT), {text},
    {text}, CAST(? AS INT), CAST(? AS INT), CAST(? AS INT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT),
    CAST(? AS FLOAT), {text}, {text}
WHERE NOT EXISTS (SELECT 1 FROM dbo.NodeVerifications WHERE source_ip = ? AND node_name = ? AND watermark = ?)

-- The agents whose digests of a node have been compared, the latest first.
-- name: agents
SELECT agent_id
FROM dbo.NodeVerifications
WHERE source_ip = ? AND node_name = ? AND watermark <> ?
ORDER BY verified_at DESC, watermark DESC

-- name: standing
SELECT
    COUNT(*),
    SUM(CASE WHEN outcome = N'differs' THEN 1 ELSE 0 END),
    SUM(CASE WHEN outcome = N'differs' AND previous_outcome = N'differs' THEN 1 ELSE 0 END),
    SUM(CASE WHEN outcome = N'contested' THEN 1 ELSE 0 END)
FROM dbo.vw_NodeVerification
