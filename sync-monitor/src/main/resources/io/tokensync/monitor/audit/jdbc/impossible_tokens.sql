-- order: token_id, source_ip, node_name
SELECT c.token_id, c.token_level, c.token_number, t.status_name, t.source_ip, t.node_name, t.did, t.token_value, t.synced_at
FROM dbo.vw_TokenContents AS c
INNER JOIN dbo.vw_Tokens AS t ON t.source_ip = c.source_ip AND t.node_name = c.node_name AND t.token_id = c.token_id
WHERE c.supply_verdict = N'impossible' AND c.is_deleted = 0
