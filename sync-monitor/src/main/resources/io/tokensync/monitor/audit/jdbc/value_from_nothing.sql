-- order: parent_token_id, token_id
-- needs: TokenHistory
-- Every part counts once, whether it is listed or was: a part that is gone from all nodes counts when it had left the node that made
-- it, because what was made and taken back there, as by a node that went back to a backup, is nobody's.
SELECT s.parent_token_id, s.parent_value, s.parts_ever, s.parts_value_ever, p.token_id, p.part_value, p.is_listed
FROM (
    SELECT
        a.parent_token_id,
        COUNT(*) AS parts_ever,
        SUM(a.part_value) AS parts_value_ever,
        SUM(CASE WHEN a.is_listed = 1 THEN a.part_value ELSE 0 END) AS parts_value_now,
        -- rows that are gone have a value too
        (SELECT MAX(${decimal:w.token_value}) FROM dbo.TokenRecords AS w WHERE w.token_id = a.parent_token_id) AS parent_value
    FROM (
        ${parts}
    ) AS a
    GROUP BY a.parent_token_id
    HAVING MIN(a.is_listed) = 0
) AS s
INNER JOIN (
    ${parts}
) AS p ON p.parent_token_id = s.parent_token_id
-- nodes compute with five places; what the parts exceed their parent by today is a finding of its own
WHERE s.parts_value_ever > s.parent_value + 0.0001 AND s.parts_value_now <= s.parent_value + 0.0001
-- define: parts
SELECT l.parent_token_id, l.token_id, MAX(l.part_value) AS part_value, MAX(l.is_listed) AS is_listed
FROM (
    SELECT
        t.parent_token_id, t.token_id, t.source_ip, t.node_name, t.status_name, t.node_generation, ${decimal:t.token_value} AS part_value,
        CASE WHEN t.deleted_version = 0 THEN 1 ELSE 0 END AS is_listed
    FROM dbo.TokenRecords AS t
    WHERE t.token_kind = N'part' AND t.parent_token_id IS NOT NULL
    UNION ALL
    SELECT
        h.parent_token_id, h.token_id, h.source_ip, h.node_name, h.status_name, h.node_generation, ${decimal:h.token_value} AS part_value,
        0 AS is_listed
    FROM dbo.TokenHistory AS h
    WHERE h.token_kind = N'part' AND h.parent_token_id IS NOT NULL
) AS l
GROUP BY l.parent_token_id, l.token_id
-- an orphaned part is one whose parent was not burnt after all; the parts of a burnt part may name the same parent in v1
HAVING MAX(CASE WHEN l.status_name = N'orphaned' OR (l.node_generation = N'v1' AND l.status_name IN ${burnt}) THEN 1 ELSE 0 END) = 0
    AND (MAX(l.is_listed) = 1 OR MIN(l.source_ip) <> MAX(l.source_ip) OR MIN(l.node_name) <> MAX(l.node_name)
        OR MAX(CASE WHEN l.status_name = N'transferred' THEN 1 ELSE 0 END) = 1)
