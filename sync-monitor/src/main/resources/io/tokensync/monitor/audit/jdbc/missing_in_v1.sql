-- order: token_level, token_number, source_ip, node_name
SELECT s.token_level, s.token_number, s.token_id, s.status_name, s.source_ip, s.node_name, s.did, s.token_value, s.synced_at
FROM dbo.vw_TokenIdentity AS s
INNER JOIN (
    SELECT DISTINCT t.source_ip, t.node_name FROM dbo.vw_Tokens AS t WHERE t.node_generation = N'v1'
) AS moved ON moved.source_ip = s.source_ip AND moved.node_name = s.node_name
LEFT JOIN dbo.vw_TokenIdentity AS v ON v.node_generation = N'v1' AND v.token_level = s.token_level AND v.token_number = s.token_number
WHERE s.node_generation = N'sqlite' AND v.token_number IS NULL
    -- what a node keeps of a token that it has given away, or that was given away with its help, is nothing to move
    AND s.status_name NOT IN (N'burnt', N'burnt for ft', N'transferred', N'quorum pledged')
