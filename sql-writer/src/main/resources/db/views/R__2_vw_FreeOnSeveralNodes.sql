-- Tokens that more than one node holds as free, a row for each of the nodes.
${create_view} dbo.vw_FreeOnSeveralNodes AS
SELECT
    t.token_id,
    t.kind_name,
    h.free_on_nodes,
    t.source_ip,
    t.node_name,
    t.did,
    t.token_value,
    t.updated_at,
    t.synced_at,
    t.db_path
FROM dbo.vw_Tokens AS t
INNER JOIN (
    SELECT token_id, COUNT(*) AS free_on_nodes
    FROM dbo.vw_Tokens
    WHERE status_name = N'free' AND is_deleted = 0
    GROUP BY token_id
    HAVING COUNT(*) > 1
) AS h ON h.token_id = t.token_id
WHERE t.status_name = N'free' AND t.is_deleted = 0;
