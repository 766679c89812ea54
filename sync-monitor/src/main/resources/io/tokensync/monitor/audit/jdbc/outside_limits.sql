-- order: token_id, source_ip, node_name
SELECT token_id, kind_name, source_ip, node_name, did, token_value, updated_at, synced_at
FROM dbo.vw_Tokens
WHERE status_name = N'outside limits' AND is_deleted = 0
