-- order: token_id, source_ip, node_name
SELECT t.token_id, t.kind_name, t.status_name, t.source_ip, t.node_name, t.did, t.token_value, t.updated_at, t.synced_at
FROM dbo.vw_Tokens AS t
INNER JOIN (
    SELECT s.token_id
    FROM (
        SELECT
            b.token_id,
            SUM(CASE WHEN b.status_name IN (N'free', N'locked', N'pledged', N'committed', N'pinned as service') THEN 1 ELSE 0 END) AS held,
            SUM(CASE WHEN b.status_name = N'free' THEN 1 ELSE 0 END) AS free,
            SUM(CASE WHEN b.status_name = N'burnt for ft' OR (b.status_name = N'burnt' AND sent.token_id IS NULL) THEN 1 ELSE 0 END) AS burnt,
            SUM(CASE WHEN b.status_name = N'double spent' THEN 1 ELSE 0 END) AS double_spent
        FROM dbo.vw_Tokens AS b
        -- "burnt" under the DID that has transferred the token is how the quorum of older nodes remembers the transfer
        LEFT JOIN dbo.vw_Tokens AS sent ON b.status_name = N'burnt' AND sent.token_id = b.token_id AND sent.did = b.did
            AND sent.status_name = N'transferred' AND sent.is_deleted = 0
        WHERE b.is_deleted = 0
        GROUP BY b.token_id
    ) AS s
    -- free on several nodes, and nothing else, is a finding of its own
    WHERE (s.held > 0 AND s.burnt > 0) OR (s.held > 1 AND s.free < s.held) OR s.double_spent > 0
) AS c ON c.token_id = t.token_id
WHERE t.is_deleted = 0
