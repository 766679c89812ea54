-- Views for auditors. None of them counts a row that has vanished from its node, unless it says so.

-- One row per token: on how many nodes it stands, and in which states.
CREATE VIEW dbo.vw_TokenHolders AS
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
GO

-- Tokens that more than one node holds as free, a row for each of the nodes.
CREATE VIEW dbo.vw_FreeOnSeveralNodes AS
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
GO

-- One row per token that has parts: the value of its parts, each counted once however many nodes list it, beside its own.
CREATE VIEW dbo.vw_PartsAgainstParent AS
SELECT
    s.parent_token_id,
    s.parts,
    s.parts_value,
    w.parent_value,
    s.parts_value - w.parent_value AS value_difference,
    s.parts_without_value,
    COALESCE(w.listed_on_nodes, 0) AS parent_listed_on_nodes,
    COALESCE(w.free_on_nodes, 0) AS parent_free_on_nodes,
    CASE
        WHEN w.listed_on_nodes IS NULL THEN N'parent not listed'
        WHEN s.parts_without_value > 0 OR w.parent_value IS NULL THEN N'value not readable'
        WHEN s.parts_value > w.parent_value THEN N'more than parent'
        WHEN s.parts_value < w.parent_value THEN N'less than parent'
        ELSE N'equal'
    END AS verdict
FROM (
    SELECT
        p.parent_token_id,
        COUNT(*) AS parts,
        SUM(p.part_value) AS parts_value,
        SUM(CASE WHEN p.part_value IS NULL THEN 1 ELSE 0 END) AS parts_without_value
    FROM (
        SELECT parent_token_id, token_id, MAX(TRY_CAST(token_value AS DECIMAL(30, 10))) AS part_value
        FROM dbo.TokenRecords
        WHERE token_kind = N'part' AND deleted_version = 0 AND parent_token_id IS NOT NULL
        GROUP BY parent_token_id, token_id
    ) AS p
    GROUP BY p.parent_token_id
) AS s
LEFT JOIN (
    SELECT
        token_id,
        MAX(TRY_CAST(token_value AS DECIMAL(30, 10))) AS parent_value,
        COUNT(*) AS listed_on_nodes,
        SUM(CASE WHEN token_status = N'0' THEN 1 ELSE 0 END) AS free_on_nodes
    FROM dbo.TokenRecords
    WHERE deleted_version = 0
    GROUP BY token_id
) AS w ON w.token_id = s.parent_token_id;
GO

-- One row per node: when something was last heard of it. A row that has not changed is not written again, so a quiet node
-- is known by ProcessedDatabases.
CREATE VIEW dbo.vw_Nodes AS
SELECT
    n.source_ip,
    n.node_name,
    n.db_path,
    n.rows_listed,
    n.rows_deleted,
    n.last_modified_at,
    n.last_written_at,
    p.last_processed AS last_processed_at,
    CASE WHEN p.last_processed > n.last_written_at THEN p.last_processed ELSE n.last_written_at END AS last_heard_at,
    DATEDIFF(
        HOUR,
        CASE WHEN p.last_processed > n.last_written_at THEN p.last_processed ELSE n.last_written_at END,
        SYSUTCDATETIME()
    ) AS hours_silent
FROM (
    SELECT
        source_ip,
        node_name,
        MAX(db_path) AS db_path,
        SUM(CASE WHEN deleted_version = 0 THEN 1 ELSE 0 END) AS rows_listed,
        SUM(CASE WHEN deleted_version = 0 THEN 0 ELSE 1 END) AS rows_deleted,
        MAX(db_last_modified) AS last_modified_at,
        MAX(synced_at) AS last_written_at
    FROM dbo.TokenRecords
    GROUP BY source_ip, node_name
) AS n
LEFT JOIN dbo.ProcessedDatabases AS p
    -- TokenRecords.db_path has the database's own collation, ProcessedDatabases.db_path has not.
    ON p.source_ip = n.source_ip AND p.db_path = n.db_path COLLATE Latin1_General_100_BIN2;
GO

-- Nodes that nothing has been heard of for a day.
CREATE VIEW dbo.vw_StaleNodes AS
SELECT source_ip, node_name, db_path, rows_listed, last_modified_at, last_heard_at, hours_silent
FROM dbo.vw_Nodes
WHERE hours_silent >= 24;
GO

-- Rows whose content nobody has verified against the token id, and why: the code that ipfs_error begins with; "not asked"
-- where nobody has asked; "migrated" for content of the Python tool, which verified nothing.
CREATE VIEW dbo.vw_UnverifiableContent AS
SELECT
    t.source_ip,
    t.node_name,
    t.token_id,
    t.did,
    t.status_name,
    t.kind_name,
    CASE
        WHEN t.ipfs_fetched = 1 THEN N'migrated'
        WHEN t.ipfs_error IS NULL THEN N'not asked'
        ELSE SUBSTRING(t.ipfs_error, 1, CHARINDEX(N':', CONCAT(t.ipfs_error, N':')) - 1)
    END AS reason,
    t.ipfs_error,
    t.ipfs_path,
    t.db_path,
    t.synced_at
FROM dbo.vw_Tokens AS t
WHERE t.is_deleted = 0 AND (t.ipfs_fetched = 0 OR t.ipfs_source = N'python tool');
GO
