-- What TokenRecords said at a time, out of TokenHistory: of each row the newest version that the table had learned of by then, and
-- whether it was gone, by the same order as the merge (law.sql). {at} is the time, in UTC; the rest is the same SQL everywhere. Who asks
-- for one token, or for one row, reads its versions alone: all windows are of one row.
-- name: tokens_as_of
SELECT
    v.source_ip,
    v.node_name,
    v.node_generation,
    v.token_id,
    v.did,
    v.token_status,
    COALESCE(v.status_name, N'unknown') AS status_name,
    v.token_kind,
    v.token_value,
    v.parent_token_id,
    v.created_at,
    v.updated_at,
    CASE WHEN v.gone_version >= v.record_version THEN 1 ELSE 0 END AS is_deleted,
    CASE WHEN v.gone_version >= v.record_version THEN v.gone_at END AS deleted_at,
    v.token_state_hash,
    v.transaction_id,
    v.content_hash,
    v.db_last_modified,
    v.session_id,
    v.record_version,
    v.observed_at
FROM (
    SELECT
        h.source_ip, h.node_name, h.node_generation, h.token_id, h.did, h.token_status, h.status_name, h.token_kind,
        h.token_value, h.parent_token_id, h.created_at, h.updated_at, h.token_state_hash, h.transaction_id,
        h.content_hash, h.db_last_modified, h.session_id, h.record_version, h.observed_at,
        ROW_NUMBER() OVER (
            PARTITION BY h.source_ip, h.node_name, h.token_id
            ORDER BY CASE WHEN h.deleted_at IS NULL THEN 0 ELSE 1 END, h.record_version DESC, h.row_hash DESC
        ) AS place,
        MAX(CASE WHEN h.deleted_at IS NULL THEN 0 ELSE h.record_version END) OVER (
            PARTITION BY h.source_ip, h.node_name, h.token_id
        ) AS gone_version,
        FIRST_VALUE(h.deleted_at) OVER (
            PARTITION BY h.source_ip, h.node_name, h.token_id
            ORDER BY CASE WHEN h.deleted_at IS NULL THEN 1 ELSE 0 END, h.record_version DESC, h.deleted_at DESC
        ) AS gone_at
    FROM dbo.TokenHistory AS h
    WHERE h.observed_at <= {at}
) AS v
WHERE v.place = 1
