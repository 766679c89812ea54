-- One row per node: when it was last looked at, which is whether its agent is alive and can read it; how long no row of it has
-- been written is another question. Both in whole hours that have passed.
${create_view} dbo.vw_Nodes AS
SELECT
    n.source_ip,
    n.node_name,
    n.db_path,
    n.rows_listed,
    n.rows_deleted,
    n.last_modified_at,
    n.last_written_at,
    n.last_processed_at,
    n.last_heard_at,
    ${hours_since_} n.last_heard_at${_hours_since} AS hours_silent,
    ${hours_since_} n.last_written_at${_hours_since} AS hours_unchanged,
    n.problem,
    n.problem_since
FROM (
    SELECT
        t.source_ip,
        t.node_name,
        t.db_path,
        t.rows_listed,
        t.rows_deleted,
        t.last_modified_at,
        t.last_written_at,
        p.last_processed AS last_processed_at,
        CASE WHEN p.last_processed > t.last_written_at THEN p.last_processed ELSE t.last_written_at END AS last_heard_at,
        p.problem,
        p.problem_since
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
    ) AS t
    LEFT JOIN dbo.ProcessedDatabases AS p
        -- TokenRecords.db_path has the database's own collation, ProcessedDatabases.db_path has not.
        ON p.source_ip = t.source_ip AND p.db_path = t.db_path ${bin2}
) AS n;
