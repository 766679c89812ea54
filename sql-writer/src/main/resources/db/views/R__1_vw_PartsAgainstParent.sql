-- One row per token that has parts: the value of its parts, each counted once however many nodes list it, beside its own.
${create_view} dbo.vw_PartsAgainstParent AS
SELECT
    s.parent_token_id,
    s.parts,
    s.parts_value,
    w.parent_value,
    ${exact_}s.parts_value - w.parent_value${_exact} AS value_difference,
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
        ${exact_}SUM(p.part_value)${_exact} AS parts_value,
        SUM(CASE WHEN p.part_value IS NULL THEN 1 ELSE 0 END) AS parts_without_value
    FROM (
        SELECT parent_token_id, token_id, MAX(${decimal_token_value}) AS part_value
        FROM dbo.TokenRecords
        WHERE token_kind = N'part' AND deleted_version = 0 AND parent_token_id IS NOT NULL
        GROUP BY parent_token_id, token_id
    ) AS p
    GROUP BY p.parent_token_id
) AS s
LEFT JOIN (
    SELECT
        token_id,
        MAX(${decimal_token_value}) AS parent_value,
        COUNT(*) AS listed_on_nodes,
        SUM(CASE WHEN status_name = N'free' THEN 1 ELSE 0 END) AS free_on_nodes
    FROM dbo.TokenRecords
    WHERE deleted_version = 0
    GROUP BY token_id
) AS w ON w.token_id = s.parent_token_id;
