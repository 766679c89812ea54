INSERT INTO dbo.TokenRecords ({columns})
VALUES ({values})
ON CONFLICT (source_ip, node_name, token_id) DO UPDATE SET
    did = excluded.did, created_at = excluded.created_at, updated_at = excluded.updated_at,
    token_status = excluded.token_status, token_value = excluded.token_value, token_kind = excluded.token_kind,
    status_name = excluded.status_name, node_generation = excluded.node_generation,
    token_state_hash = excluded.token_state_hash, transaction_id = excluded.transaction_id,
    session_id = excluded.session_id, db_path = excluded.db_path, ipfs_path = excluded.ipfs_path,
    db_last_modified = excluded.db_last_modified, ipfs_data = excluded.ipfs_data, ipfs_source = excluded.ipfs_source,
    ipfs_fetched = excluded.ipfs_fetched, record_version = excluded.record_version, row_hash = excluded.row_hash,
    content_version = excluded.content_version, content_hash = excluded.content_hash
WHERE excluded.record_version > TokenRecords.record_version
