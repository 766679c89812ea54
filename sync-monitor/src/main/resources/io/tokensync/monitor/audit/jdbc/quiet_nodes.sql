-- order: hours_silent DESC, source_ip, node_name
SELECT node_name, source_ip, hours_silent, last_heard_at, rows_listed, db_path, hours_unchanged, problem
FROM dbo.vw_Nodes
WHERE hours_silent >= ?
