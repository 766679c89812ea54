-- order: token_level, token_number, v1_source_ip, v1_node_name, sqlite_source_ip, sqlite_node_name
SELECT v.token_level, v.token_number, v.source_ip AS v1_source_ip, v.node_name AS v1_node_name, v.did AS v1_did, s.source_ip AS sqlite_source_ip, s.node_name AS sqlite_node_name, s.did AS sqlite_did, v.token_id AS v1_token_id, s.token_id AS sqlite_token_id, v.token_value, s.synced_at
FROM dbo.vw_TokenIdentity AS v
INNER JOIN dbo.vw_TokenIdentity AS s ON s.node_generation = N'sqlite' AND s.token_level = v.token_level AND s.token_number = v.token_number
    AND s.status_name = N'free'
-- what a node says of it in v1 is newer than its earlier row, which is of another node therefore
LEFT JOIN dbo.vw_TokenIdentity AS newer ON newer.node_generation = N'v1' AND newer.token_level = s.token_level
    AND newer.token_number = s.token_number AND newer.source_ip = s.source_ip AND newer.node_name = s.node_name
-- where the earlier row of this node is free too, both earlier rows are free on several nodes, which is a finding of its own
LEFT JOIN dbo.vw_TokenIdentity AS own ON own.node_generation = N'sqlite' AND own.token_level = v.token_level
    AND own.token_number = v.token_number AND own.source_ip = v.source_ip AND own.node_name = v.node_name AND own.status_name = N'free'
WHERE v.node_generation = N'v1' AND v.status_name = N'free' AND newer.token_number IS NULL AND own.token_number IS NULL
