-- Writes versions into TokenHistory, those that are not there: a set that only grows, so that any order and any number of times
-- end in the same table. {select_versions} and {versions} say where the versions s come from, and that one which is there stays as it is.
INSERT INTO dbo.TokenHistory (
    source_ip, node_name, token_id, record_version, row_hash, did, token_status, status_name, token_value,
    parent_token_id, token_kind, node_generation, created_at, updated_at, token_state_hash, transaction_id,
    content_hash, deleted_at, session_id, db_last_modified, observed_at
)
{select_versions}
    s.source_ip, s.node_name, s.token_id, s.record_version, s.row_hash, s.did, s.token_status, s.status_name,
    s.token_value, s.parent_token_id, s.token_kind, s.node_generation, s.created_at, s.updated_at,
    s.token_state_hash, s.transaction_id, CASE WHEN s.ipfs_fetched = 1 THEN s.content_hash END, s.gone_at,
    s.session_id, s.db_last_modified, {now}
{versions};
