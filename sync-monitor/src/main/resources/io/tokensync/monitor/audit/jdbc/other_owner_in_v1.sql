-- order: token_level, token_number, source_ip, node_name
SELECT v.token_level, v.token_number, v.source_ip, v.node_name, s.did AS sqlite_did, v.did AS v1_did, s.status_name AS sqlite_status_name, v.status_name AS v1_status_name, s.token_id AS sqlite_token_id, v.token_id AS v1_token_id, v.synced_at
FROM dbo.vw_TokenIdentity AS v
INNER JOIN dbo.vw_TokenIdentity AS s ON s.node_generation = N'sqlite' AND s.token_level = v.token_level AND s.token_number = v.token_number
    AND s.source_ip = v.source_ip AND s.node_name = v.node_name
WHERE v.node_generation = N'v1' AND s.did <> v.did
    -- records of a transfer are under the DID of whoever has given the token away
    AND s.status_name NOT IN (N'burnt', N'burnt for ft', N'transferred', N'quorum pledged')
    AND v.status_name NOT IN (N'burnt', N'burnt for ft', N'transferred', N'quorum pledged')
