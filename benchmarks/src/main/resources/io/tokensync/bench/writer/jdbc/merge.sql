MERGE INTO dbo.TokenRecords AS t
USING {source} AS s
ON t.source_ip = s.source_ip{exactly} AND t.node_name = s.node_name{exactly} AND t.token_id = s.token_id{exactly}
WHEN MATCHED AND s.record_version > t.record_version THEN UPDATE SET
    did = s.did, created_at = CAST(s.created_at AS DATETIME2(7)), updated_at = CAST(s.updated_at AS DATETIME2(7)),
    token_status = s.token_status, token_value = s.token_value, token_kind = s.token_kind,
    status_name = s.status_name, node_generation = s.node_generation,
    token_state_hash = s.token_state_hash, transaction_id = s.transaction_id, session_id = s.session_id,
    db_path = s.db_path, ipfs_path = s.ipfs_path, db_last_modified = CAST(s.db_last_modified AS DATETIME2(7)),
    ipfs_data = s.ipfs_data, ipfs_source = s.ipfs_source, ipfs_fetched = s.ipfs_fetched,
    record_version = s.record_version, row_hash = s.row_hash, content_version = s.content_version,
    content_hash = s.content_hash
WHEN NOT MATCHED THEN INSERT (
    source_ip, node_name, token_id, did, created_at, updated_at, token_status, token_value, token_kind,
    status_name, node_generation, token_state_hash, transaction_id, session_id, db_path, ipfs_path, db_last_modified,
    ipfs_data, ipfs_source, ipfs_fetched, record_version, row_hash, content_version, content_hash
) VALUES (
    s.source_ip, s.node_name, s.token_id, s.did, CAST(s.created_at AS DATETIME2(7)),
    CAST(s.updated_at AS DATETIME2(7)), s.token_status, s.token_value, s.token_kind, s.status_name,
    s.node_generation, s.token_state_hash, s.transaction_id, s.session_id, s.db_path, s.ipfs_path,
    CAST(s.db_last_modified AS DATETIME2(7)), s.ipfs_data, s.ipfs_source, s.ipfs_fetched,
    s.record_version, s.row_hash, s.content_version, s.content_hash
);
