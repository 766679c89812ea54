-- order: token_level, token_number, source_ip, node_name
SELECT v.token_level, v.token_number, v.token_id, v.status_name, v.source_ip, v.node_name, v.did, v.token_value, v.synced_at
FROM dbo.vw_TokenIdentity AS v
-- made before v1, when the level still had the number: also where that row is gone since
LEFT JOIN (
    SELECT t.token_level, t.token_number
    FROM dbo.TokenRecords AS t
    WHERE t.node_generation = N'sqlite' AND t.token_number > 4300000
    GROUP BY t.token_level, t.token_number
) AS earlier ON earlier.token_level = v.token_level AND earlier.token_number = v.token_number
WHERE v.node_generation = N'v1' AND v.supply_verdict = N'beyond today''s supply' AND v.token_number > 4300000
    AND v.status_name IN ${held} AND earlier.token_number IS NULL
