-- order: parent_token_id, token_id, source_ip, node_name
SELECT v.parent_token_id, v.parent_value, v.parts, v.parts_value, t.token_id, t.token_value, t.status_name, t.source_ip, t.node_name
FROM dbo.vw_PartsAgainstParent AS v
INNER JOIN dbo.vw_Tokens AS t ON t.parent_token_id = v.parent_token_id AND t.token_kind = N'part' AND t.is_deleted = 0
WHERE v.verdict = N'more than parent'
