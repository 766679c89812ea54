-- order: token_id, source_ip, node_name, record_version
-- What an id stands for does not change: of a part its value and its parent, of a whole token its value, level and number. What a quorum
-- keeps of a transfer is not asked, nor are values that differ by what nodes of different releases round; 0 is a value not filled in.
SELECT t.token_id, t.token_kind, c.changed, t.source_ip, t.node_name, t.status_name, t.token_value, t.parent_token_id, t.token_level, t.token_number, t.record_version
FROM dbo.TokenRecords AS t
INNER JOIN (
    SELECT
        b.token_id,
        b.node_generation,
        CASE
            WHEN MAX(b.amount) - MIN(b.amount) > 0.00101 THEN N'value'
            WHEN MIN(b.parent_token_id) <> MAX(b.parent_token_id) THEN N'parent'
            ELSE N'content'
        END AS changed
    FROM (
        SELECT
            r.token_id,
            r.node_generation,
            CASE WHEN ${decimal:r.token_value} > 0 THEN ${decimal:r.token_value} END AS amount,
            CASE WHEN r.token_kind = N'part' THEN r.parent_token_id END AS parent_token_id,
            r.token_level,
            r.token_number
        FROM (
            SELECT i.token_id FROM dbo.TokenRecords AS i GROUP BY i.token_id HAVING COUNT(*) > 1
        ) AS several
        INNER JOIN dbo.TokenRecords AS r ON r.token_id = several.token_id
        WHERE r.deleted_version = 0 AND r.token_kind IN (N'whole', N'part') AND r.status_name NOT IN (N'burnt', N'quorum pledged')
    ) AS b
    GROUP BY b.token_id, b.node_generation
    HAVING COUNT(*) > 1 AND (MAX(b.amount) - MIN(b.amount) > 0.00101 OR MIN(b.parent_token_id) <> MAX(b.parent_token_id)
        OR MIN(b.token_level) <> MAX(b.token_level) OR MIN(b.token_number) <> MAX(b.token_number))
) AS c ON c.token_id = t.token_id AND c.node_generation = t.node_generation
WHERE t.deleted_version = 0 AND t.token_kind IN (N'whole', N'part') AND t.status_name NOT IN (N'burnt', N'quorum pledged')
-- history
UNION ALL
-- The versions of a part of which the node has said so itself. Whole tokens are all worth 1, and have no parent.
SELECT h.token_id, h.token_kind, c.changed, h.source_ip, h.node_name, h.status_name, h.token_value, h.parent_token_id, NULL AS token_level, NULL AS token_number, h.record_version
FROM dbo.TokenHistory AS h
INNER JOIN (
    SELECT
        b.source_ip,
        b.node_name,
        b.token_id,
        b.node_generation,
        CASE WHEN MAX(b.amount) - MIN(b.amount) > 0.00101 THEN N'value' ELSE N'parent' END AS changed
    FROM (
        -- COALESCE: by the index of the versions SQLite would look every one up by itself
        SELECT
            COALESCE(r.source_ip, N'') AS source_ip,
            COALESCE(r.node_name, N'') AS node_name,
            COALESCE(r.token_id, N'') AS token_id,
            r.node_generation,
            CASE WHEN ${decimal:r.token_value} > 0 THEN ${decimal:r.token_value} END AS amount,
            r.parent_token_id
        FROM dbo.TokenHistory AS r
        WHERE r.deleted_at IS NULL AND r.token_kind = N'part' AND r.status_name NOT IN (N'burnt', N'quorum pledged')
    ) AS b
    GROUP BY b.source_ip, b.node_name, b.token_id, b.node_generation
    HAVING MAX(b.amount) - MIN(b.amount) > 0.00101 OR MIN(b.parent_token_id) <> MAX(b.parent_token_id)
) AS c ON c.source_ip = h.source_ip AND c.node_name = h.node_name AND c.token_id = h.token_id AND c.node_generation = h.node_generation
WHERE h.deleted_at IS NULL AND h.status_name NOT IN (N'burnt', N'quorum pledged')
-- end
