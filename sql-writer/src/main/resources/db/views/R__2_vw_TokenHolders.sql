-- One row per token: on how many nodes it stands, and in which states. As in all views but those that have is_deleted, a row that
-- has vanished from its node does not count.
${create_view} dbo.vw_TokenHolders AS
SELECT
    t.token_id,
    MAX(t.kind_name) AS kind_name,
    COUNT(*) AS listed_on_nodes,
    COUNT(DISTINCT t.did) AS owners,
    SUM(CASE WHEN t.status_name = N'free' THEN 1 ELSE 0 END) AS free_on_nodes,
    SUM(CASE WHEN t.status_name = N'transferred' THEN 1 ELSE 0 END) AS transferred_on_nodes,
    SUM(CASE WHEN t.status_name = N'burnt' THEN 1 ELSE 0 END) AS burnt_on_nodes,
    MAX(t.updated_at) AS last_updated_at,
    MAX(t.synced_at) AS last_synced_at
FROM dbo.vw_Tokens AS t
WHERE t.is_deleted = 0
GROUP BY t.token_id;
