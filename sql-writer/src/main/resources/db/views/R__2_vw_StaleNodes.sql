-- Nodes that nobody has been able to look at for a day.
${create_view} dbo.vw_StaleNodes AS
SELECT source_ip, node_name, db_path, rows_listed, last_modified_at, last_heard_at, hours_silent, problem, problem_since
FROM dbo.vw_Nodes
WHERE hours_silent >= 24;
