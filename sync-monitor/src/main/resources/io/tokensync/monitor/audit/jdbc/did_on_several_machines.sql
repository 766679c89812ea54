-- order: did, source_ip, other_source_ip
-- On each machine something that the other does not list: one of two copies of a node lists nothing that the other has not.
SELECT a.did, a.source_ip, a.other_source_ip, SUM(a.only_here) AS tokens_only_here, SUM(a.only_there) AS tokens_only_there, a.node_generation, MIN(a.token_id) AS example_token_id
FROM (
    SELECT
        f.did,
        f.node_generation,
        f.token_id,
        CASE WHEN f.source_ip < o.source_ip THEN f.source_ip ELSE o.source_ip END AS source_ip,
        CASE WHEN f.source_ip < o.source_ip THEN o.source_ip ELSE f.source_ip END AS other_source_ip,
        CASE WHEN f.source_ip < o.source_ip THEN 1 ELSE 0 END AS only_here,
        CASE WHEN f.source_ip < o.source_ip THEN 0 ELSE 1 END AS only_there
    FROM (
        ${free}
    ) AS f
    INNER JOIN (
        SELECT DISTINCT d.did, d.node_generation, d.source_ip
        FROM (
            ${free}
        ) AS d
    ) AS o ON o.did = f.did AND o.node_generation = f.node_generation AND o.source_ip <> f.source_ip
    -- in whatever state, and also when it is gone: what one machine has got from the other is listed on both
    LEFT JOIN dbo.TokenRecords AS listed ON listed.token_id = f.token_id AND listed.source_ip = o.source_ip
    WHERE listed.token_id IS NULL
) AS a
GROUP BY a.did, a.node_generation, a.source_ip, a.other_source_ip
HAVING SUM(a.only_here) > 0 AND SUM(a.only_there) > 0
-- define: free
SELECT t.did, t.token_id, t.source_ip, COALESCE(t.node_generation, N'sqlite') AS node_generation
FROM dbo.TokenRecords AS t
INNER JOIN dbo.vw_Nodes AS n ON n.source_ip = t.source_ip AND n.node_name = t.node_name AND n.hours_silent < CAST(? AS BIGINT)
WHERE t.status_name = N'free' AND t.deleted_version = 0 AND t.token_kind IN (N'whole', N'part') AND t.did IN (
    SELECT c.did
    FROM dbo.TokenRecords AS c
    WHERE c.status_name = N'free' AND c.deleted_version = 0 AND c.token_kind IN (N'whole', N'part')
    GROUP BY c.did
    HAVING MIN(c.source_ip) <> MAX(c.source_ip)
)
