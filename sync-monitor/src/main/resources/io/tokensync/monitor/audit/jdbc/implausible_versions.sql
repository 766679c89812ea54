-- order: source_ip, node_name, token_id
SELECT token_id, source_ip, node_name, record_version, deleted_version, content_version, synced_at, db_path
FROM dbo.TokenRecords
WHERE record_version > ? OR deleted_version > ?
    OR content_version > CASE WHEN ipfs_fetched = 1 THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END
