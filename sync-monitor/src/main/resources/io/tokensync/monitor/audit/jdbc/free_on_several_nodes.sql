-- order: token_id, source_ip, node_name
SELECT token_id, kind_name, free_on_nodes, source_ip, node_name, did, token_value, updated_at, synced_at
FROM dbo.vw_FreeOnSeveralNodes
