-- order: token_id, source_ip, node_name
SELECT t.token_id, t.token_value, v.parts, v.parts_value, t.status_name, t.source_ip, t.node_name, t.did, t.updated_at
FROM dbo.vw_PartsAgainstParent AS v
INNER JOIN dbo.vw_Tokens AS t ON t.token_id = v.parent_token_id AND t.status_name = N'free' AND t.is_deleted = 0
WHERE v.parent_free_on_nodes > 0
