-- order: token_id, record_version, source_ip, node_name
-- needs: TokenHistory
-- Three times at least from one to the other: both have come back to it once.
SELECT f.token_id, f.source_ip, f.node_name, f.did, f.status_name, f.transaction_id, g.times_returned, f.observed_at, f.record_version
FROM (
    ${returns}
) AS f
INNER JOIN (
    SELECT r.token_id, COUNT(*) AS times_returned
    FROM (
        ${returns}
    ) AS r
    GROUP BY r.token_id
    HAVING MIN(r.source_ip) <> MAX(r.source_ip) OR MIN(r.node_name) <> MAX(r.node_name)
) AS g ON g.token_id = f.token_id
-- define: returns
SELECT h.token_id, h.source_ip, h.node_name, h.did, h.status_name, h.transaction_id, h.observed_at, h.record_version
FROM dbo.TokenHistory AS p
INNER JOIN dbo.TokenHistory AS h ON h.source_ip = p.source_ip AND h.node_name = p.node_name AND h.token_id = p.token_id
    AND h.record_version > p.record_version AND h.status_name IN ${held}
WHERE (p.status_name = N'transferred' OR p.deleted_at IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS m
        WHERE m.source_ip = h.source_ip AND m.node_name = h.node_name AND m.token_id = h.token_id
            AND m.record_version > p.record_version AND m.record_version < h.record_version
    )
    -- under the transaction of earlier, while another owner held it: who gets a token back names a new transaction
    AND EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS e
        INNER JOIN dbo.TokenHistory AS o ON o.token_id = e.token_id AND (o.source_ip <> e.source_ip OR o.node_name <> e.node_name)
            AND o.did <> e.did AND o.record_version > e.record_version AND o.status_name IN ${held}
        WHERE e.source_ip = h.source_ip AND e.node_name = h.node_name AND e.token_id = h.token_id
            AND e.record_version < p.record_version AND e.did = h.did AND e.transaction_id = h.transaction_id
            AND e.status_name IN ${held} AND o.record_version < h.record_version
    )
