-- Folds the stage into TokenRecords: each register of a row takes the greater of the two values (law.sql), a row that
-- nothing new is known of is not touched. {stage}, {now} and {plan} are the dialect's; the rest is the same SQL everywhere. No
-- table hint: one consumer owns a key, and a second writer is stopped by the unique index and tries again.
-- SQLite, which has no MERGE, takes the UPDATE and the INSERT out of it.
MERGE INTO dbo.TokenRecords AS t
USING {stage} AS s
ON {key_equal}
WHEN MATCHED AND {merge_newer} THEN UPDATE SET
    did = CASE WHEN {row_newer} THEN s.did ELSE t.did END,
    created_at = CASE WHEN {row_newer} THEN s.created_at ELSE t.created_at END,
    updated_at = CASE WHEN {row_newer} THEN s.updated_at ELSE t.updated_at END,
    token_status = CASE WHEN {row_newer} THEN s.token_status ELSE t.token_status END,
    parent_token_id = CASE WHEN {row_newer} THEN s.parent_token_id ELSE t.parent_token_id END,
    token_value = CASE WHEN {row_newer} THEN s.token_value ELSE t.token_value END,
    token_kind = CASE WHEN {row_newer} THEN s.token_kind ELSE t.token_kind END,
    status_name = CASE WHEN {row_newer} THEN s.status_name ELSE t.status_name END,
    node_generation = CASE WHEN {row_newer} THEN s.node_generation ELSE t.node_generation END,
    token_state_hash = CASE WHEN {row_newer} THEN s.token_state_hash ELSE t.token_state_hash END,
    transaction_id = CASE WHEN {row_newer} THEN s.transaction_id ELSE t.transaction_id END,
    transaction_check = CASE WHEN {row_newer} THEN s.transaction_check ELSE t.transaction_check END,
    transaction_initiator = CASE WHEN {row_newer} THEN s.transaction_initiator ELSE t.transaction_initiator END,
    transaction_owner = CASE WHEN {row_newer} THEN s.transaction_owner ELSE t.transaction_owner END,
    transaction_time = CASE WHEN {row_newer} THEN s.transaction_time ELSE t.transaction_time END,
    validation_errors = CASE WHEN {row_newer} THEN s.validation_errors ELSE t.validation_errors END,
    session_id = CASE WHEN {row_newer} THEN s.session_id ELSE t.session_id END,
    db_path = CASE WHEN {row_newer} THEN s.db_path ELSE t.db_path END,
    ipfs_path = CASE WHEN {row_newer} THEN s.ipfs_path ELSE t.ipfs_path END,
    db_last_modified = CASE WHEN {row_newer} THEN s.db_last_modified ELSE t.db_last_modified END,
    record_version = CASE WHEN {row_newer} THEN s.record_version ELSE t.record_version END,
    row_hash = CASE WHEN {row_newer} THEN s.row_hash ELSE t.row_hash END,
    deleted_version = CASE WHEN {deletion_newer} THEN s.deleted_version
        WHEN s.record_version > t.deleted_version THEN 0 ELSE t.deleted_version END,
    deleted_at = CASE WHEN {deletion_newer} THEN s.deleted_at
        WHEN s.record_version > t.deleted_version THEN NULL ELSE t.deleted_at END,
    {set_content}
    synced_at = {now}
WHEN NOT MATCHED THEN INSERT (
    source_ip, node_name, token_id, did, created_at, updated_at, token_status, parent_token_id, token_value,
    token_kind, status_name, node_generation, token_state_hash, transaction_id, transaction_check,
    transaction_initiator, transaction_owner, transaction_time, validation_errors, session_id, db_path, ipfs_path,
    db_last_modified, record_version, row_hash, deleted_version, deleted_at, ipfs_data, ipfs_fetched, ipfs_error,
    ipfs_source, ipfs_info, content_version, content_hash, synced_at
) VALUES (
    s.source_ip, s.node_name, s.token_id, s.did, s.created_at, s.updated_at, s.token_status, s.parent_token_id,
    s.token_value, s.token_kind, s.status_name, s.node_generation, s.token_state_hash, s.transaction_id,
    s.transaction_check, s.transaction_initiator, s.transaction_owner, s.transaction_time, s.validation_errors,
    s.session_id, s.db_path, s.ipfs_path, s.db_last_modified, s.record_version, s.row_hash, s.deleted_version,
    s.deleted_at, s.ipfs_data, s.ipfs_fetched, s.ipfs_error, s.ipfs_source, s.ipfs_info, s.content_version,
    s.content_hash, {now}
)
{plan};
