-- order: did, source_ip, other_source_ip
SELECT a.did, a.source_ip, a.other_source_ip, a.tokens_only_here, b.tokens_only_here AS tokens_only_there, a.node_generation, a.example_token_id
FROM (
    ${apart}
) AS a
-- one of two copies of a node lists nothing that the other has not
INNER JOIN (
    ${apart}
) AS b ON b.did = a.did AND b.node_generation = a.node_generation AND b.source_ip = a.other_source_ip AND b.other_source_ip = a.source_ip
-- define: apart
SELECT f.did, f.node_generation, f.source_ip, o.source_ip AS other_source_ip, COUNT(*) AS tokens_only_here, MIN(f.token_id) AS example_token_id
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
GROUP BY f.did, f.node_generation, f.source_ip, o.source_ip
-- define: free
SELECT t.did, t.token_id, t.source_ip, COALESCE(t.node_generation, N'sqlite') AS node_generation
FROM dbo.TokenRecords AS t
INNER JOIN dbo.vw_Nodes AS n ON n.source_ip = t.source_ip AND n.node_name = t.node_name AND n.hours_silent < CAST(? AS BIGINT)
WHERE t.status_name = N'free' AND t.deleted_version = 0 AND t.token_kind IN (N'whole', N'part')
