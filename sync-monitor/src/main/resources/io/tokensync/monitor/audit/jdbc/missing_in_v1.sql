-- order: token_level, token_number, source_ip, node_name
SELECT s.token_level, s.token_number, s.token_id, s.status_name, s.source_ip, s.node_name, s.did, s.token_value, s.synced_at
FROM (
    SELECT DISTINCT t.source_ip, t.node_name FROM dbo.vw_Tokens AS t WHERE t.node_generation = N'v1'
) AS moved
-- an inner join in effect; SQLite begins with what is joined to, and reads nothing where no node has moved
LEFT JOIN dbo.vw_TokenIdentity AS s ON s.source_ip = moved.source_ip AND s.node_name = moved.node_name AND s.node_generation = N'sqlite'
LEFT JOIN dbo.vw_TokenIdentity AS v ON v.node_generation = N'v1' AND v.token_level = s.token_level AND v.token_number = s.token_number
WHERE s.token_number IS NOT NULL AND v.token_number IS NULL
    -- what a node keeps of a token that it has given away, or that was given away with its help, is nothing to move
    AND s.status_name NOT IN (N'burnt', N'burnt for ft', N'transferred', N'quorum pledged')
