-- order: source_ip, node_name, clock
-- Of what was read in the last day. A row cannot be written before it is read, nor read before it is changed.
SELECT t.source_ip, t.node_name, N'the machine is ahead of the database' AS clock, COUNT(*) AS rows_found, MAX(t.seconds_off) AS seconds_off, MAX(t.synced_at) AS last_seen_at
FROM (
    -- COALESCE: by the index of the identity SQLite would look every row up by itself
    SELECT
        COALESCE(r.source_ip, N'') AS source_ip,
        COALESCE(r.node_name, N'') AS node_name,
        r.record_version / 1000000 - ${seconds:r.synced_at} AS seconds_off,
        r.synced_at
    FROM dbo.TokenRecords AS r
    WHERE r.record_version >= CAST(? AS BIGINT) * 1000000 AND ${seconds:r.synced_at} >= CAST(? AS BIGINT)
) AS t
WHERE t.seconds_off > 1800
GROUP BY t.source_ip, t.node_name
UNION ALL
SELECT t.source_ip, t.node_name, N'the node is ahead of its machine' AS clock, COUNT(*) AS rows_found, MAX(t.seconds_off) AS seconds_off, MAX(t.synced_at) AS last_seen_at
FROM (
    SELECT
        COALESCE(r.source_ip, N'') AS source_ip,
        COALESCE(r.node_name, N'') AS node_name,
        ${seconds:r.updated_at} - r.record_version / 1000000 AS seconds_off,
        r.synced_at
    FROM dbo.TokenRecords AS r
    WHERE r.record_version >= CAST(? AS BIGINT) * 1000000 AND r.deleted_version = 0
) AS t
WHERE t.seconds_off > 1800
GROUP BY t.source_ip, t.node_name
HAVING COUNT(*) >= 3
-- history
UNION ALL
-- A change that the node dates before the last time that the row was read unchanged; more than once, as a backup explains it once.
SELECT h.source_ip, h.node_name, N'the node is behind its machine' AS clock, COUNT(*) AS rows_found, MAX(p.record_version / 1000000 - ${seconds:h.updated_at}) AS seconds_off, MAX(h.observed_at) AS last_seen_at
FROM dbo.TokenHistory AS h
INNER JOIN dbo.TokenHistory AS p ON p.source_ip = h.source_ip AND p.node_name = h.node_name AND p.token_id = h.token_id
    AND p.record_version = (
        SELECT MAX(m.record_version)
        FROM dbo.TokenHistory AS m
        WHERE m.source_ip = h.source_ip AND m.node_name = h.node_name AND m.token_id = h.token_id
            AND m.record_version < h.record_version
    )
WHERE h.record_version >= CAST(? AS BIGINT) * 1000000 AND p.updated_at < h.updated_at AND p.node_generation = h.node_generation
    AND p.record_version / 1000000 - ${seconds:h.updated_at} > 1800
GROUP BY h.source_ip, h.node_name
HAVING COUNT(*) >= 3 AND COUNT(DISTINCT h.session_id) >= 2
-- end
