-- order: token_level, token_number, source_ip, node_name
SELECT v.token_level, v.token_number, v.source_ip, v.node_name, s.token_value AS sqlite_token_value, v.token_value AS v1_token_value, s.status_name AS sqlite_status_name, v.status_name AS v1_status_name, s.token_id AS sqlite_token_id, v.token_id AS v1_token_id, v.synced_at
FROM dbo.vw_TokenIdentity AS v
INNER JOIN dbo.vw_TokenIdentity AS s ON s.node_generation = N'sqlite' AND s.token_level = v.token_level AND s.token_number = v.token_number
    AND s.source_ip = v.source_ip AND s.node_name = v.node_name
WHERE v.node_generation = N'v1' AND s.numeric_value <> v.numeric_value
    AND s.status_name NOT IN (N'burnt', N'burnt for ft') AND v.status_name NOT IN (N'burnt', N'burnt for ft')
