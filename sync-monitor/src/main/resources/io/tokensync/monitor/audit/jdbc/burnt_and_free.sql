-- order: token_id, source_ip, node_name, burnt_source_ip, burnt_node_name
-- Burnt in one generation of nodes, and free in the other: as in free_in_both_generations, a node's row before v1 counts for nothing where
-- the node lists the token in v1. Before v1 "burnt" may be a quorum's record of a transfer, "burnt for ft" is not.
SELECT f.token_id, f.source_ip, f.node_name, f.did, f.token_value, b.token_id AS burnt_token_id, b.status_name AS burnt_status, b.source_ip AS burnt_source_ip, b.node_name AS burnt_node_name, b.did AS burnt_did, b.synced_at AS burnt_seen_at, f.synced_at
FROM dbo.vw_TokenIdentity AS f
INNER JOIN dbo.vw_TokenIdentity AS b ON b.token_level = f.token_level AND b.token_number = f.token_number
    AND b.node_generation <> f.node_generation AND b.did <> f.did
LEFT JOIN dbo.vw_TokenIdentity AS newer ON newer.node_generation = N'v1' AND newer.token_level = f.token_level
    AND newer.token_number = f.token_number
    AND ((f.node_generation = N'sqlite' AND newer.source_ip = f.source_ip AND newer.node_name = f.node_name)
        OR (b.node_generation = N'sqlite' AND newer.source_ip = b.source_ip AND newer.node_name = b.node_name))
WHERE f.status_name = N'free' AND newer.token_number IS NULL
    AND (b.status_name = N'burnt for ft' OR (b.status_name = N'burnt' AND b.node_generation = N'v1'))
-- history
UNION ALL
-- Burnt by who held it there, and read as free elsewhere when that had been seen for an hour.
SELECT f.token_id, f.source_ip, f.node_name, f.did, f.token_value, b.token_id AS burnt_token_id, b.status_name AS burnt_status, b.source_ip AS burnt_source_ip, b.node_name AS burnt_node_name, b.did AS burnt_did, b.observed_at AS burnt_seen_at, f.synced_at
FROM dbo.TokenHistory AS b
INNER JOIN dbo.TokenRecords AS f ON f.token_id = b.token_id AND f.status_name = N'free' AND f.deleted_version = 0
    AND (f.source_ip <> b.source_ip OR f.node_name <> b.node_name) AND f.did <> b.did
    AND f.record_version > b.record_version + 3600000000
    -- a token that its holder has made again, and not got from anybody
    AND (f.transaction_initiator IS NULL OR f.transaction_initiator <> f.did)
-- where the burnt row is still there, the two contradict each other, which is a finding of its own
LEFT JOIN dbo.TokenRecords AS still ON still.source_ip = b.source_ip AND still.node_name = b.node_name AND still.token_id = b.token_id
    AND still.deleted_version = 0 AND still.status_name IN ${burnt}
WHERE b.status_name IN ${burnt} AND still.token_id IS NULL
    AND EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS e
        WHERE e.source_ip = b.source_ip AND e.node_name = b.node_name AND e.token_id = b.token_id
            AND e.record_version < b.record_version AND e.did = b.did AND e.status_name IN ${held}
    )
    -- one row for each burning that nothing has taken back there
    AND NOT EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS m
        WHERE m.source_ip = b.source_ip AND m.node_name = b.node_name AND m.token_id = b.token_id
            AND m.record_version > b.record_version AND m.deleted_at IS NULL
    )
-- end
