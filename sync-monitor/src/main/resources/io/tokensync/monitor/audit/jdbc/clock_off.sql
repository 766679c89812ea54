-- order: source_ip, node_name, clock
-- Of what was written in the last day. A row cannot be written before it is read, nor read before it is changed.
SELECT t.source_ip, t.node_name, N'the machine is ahead of the database' AS clock, COUNT(*) AS rows_found, MAX(t.record_version / 1000000 - ${seconds:t.synced_at}) AS seconds_off, MAX(t.synced_at) AS last_seen_at
FROM dbo.TokenRecords AS t
WHERE ${seconds:t.synced_at} >= CAST(? AS BIGINT) AND t.record_version / 1000000 - ${seconds:t.synced_at} > 1800
GROUP BY t.source_ip, t.node_name
UNION ALL
SELECT t.source_ip, t.node_name, N'the node is ahead of its machine' AS clock, COUNT(*) AS rows_found, MAX(${seconds:t.updated_at} - t.record_version / 1000000) AS seconds_off, MAX(t.synced_at) AS last_seen_at
FROM dbo.TokenRecords AS t
WHERE ${seconds:t.synced_at} >= CAST(? AS BIGINT) AND t.deleted_version = 0 AND t.record_version > 0
    AND ${seconds:t.updated_at} - t.record_version / 1000000 > 1800
GROUP BY t.source_ip, t.node_name
HAVING COUNT(*) >= 3
-- history
UNION ALL
-- A change that the node dates before the last time that the row was read unchanged; more than once, as a backup explains it once.
SELECT h.source_ip, h.node_name, N'the node is behind its machine' AS clock, COUNT(*) AS rows_found, MAX(p.record_version / 1000000 - ${seconds:h.updated_at}) AS seconds_off, MAX(h.observed_at) AS last_seen_at
FROM dbo.TokenHistory AS h
INNER JOIN dbo.TokenHistory AS p ON p.source_ip = h.source_ip AND p.node_name = h.node_name AND p.token_id = h.token_id
    AND p.record_version < h.record_version AND p.updated_at < h.updated_at AND p.node_generation = h.node_generation
WHERE ${seconds:h.observed_at} >= CAST(? AS BIGINT) AND p.record_version / 1000000 - ${seconds:h.updated_at} > 1800
    AND NOT EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS m
        WHERE m.source_ip = h.source_ip AND m.node_name = h.node_name AND m.token_id = h.token_id
            AND m.record_version > p.record_version AND m.record_version < h.record_version
    )
GROUP BY h.source_ip, h.node_name
HAVING COUNT(*) >= 3 AND COUNT(DISTINCT h.session_id) >= 2
-- end
