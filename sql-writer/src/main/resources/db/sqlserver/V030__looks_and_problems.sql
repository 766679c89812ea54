-- When each database was last looked at, and what stands in the way of that. last_processed moves with the looks of the agent,
-- at least once an hour, whether anything has changed or not; it stays where it is as long as there is a problem.
ALTER TABLE dbo.ProcessedDatabases ADD
    looked_at     DATETIME2(7)   NULL,
    problem       NVARCHAR(1000) NULL,
    problem_since DATETIME2(7)   NULL,
    announced     BIT            NOT NULL CONSTRAINT DF_ProcessedDatabases_announced DEFAULT 0;
GO
-- total_records_processed = total_records_published + total_records_rejected; rows that are as they were are read, and no more.
ALTER TABLE dbo.SyncSessions ADD
    total_records_read BIGINT NOT NULL CONSTRAINT DF_SyncSessions_read DEFAULT 0,
    announced          BIT    NOT NULL CONSTRAINT DF_SyncSessions_announced DEFAULT 0;
GO
-- A summary that the agent has not announced has only parts of what happened, and takes the place of no other. What came to
-- its end before this column was there had been announced.
UPDATE dbo.ProcessedDatabases SET announced = 1 WHERE status IN (N'COMPLETED', N'COMPLETED_WITH_ERRORS');
GO
UPDATE dbo.SyncSessions SET announced = 1 WHERE end_time IS NOT NULL AND revision > 0;
GO
UPDATE dbo.SyncSessions SET
    total_records_read = total_records_processed,
    total_records_processed = CASE
        WHEN total_records_published + total_records_rejected > 2147483647 THEN 2147483647
        ELSE total_records_published + total_records_rejected
    END
WHERE revision > 0;
GO
-- One row per node: when it was last looked at, which is whether its agent is alive and can read it; how long no row of it has
-- been written is another question. Both in whole hours that have passed.
ALTER VIEW dbo.vw_Nodes AS
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
    DATEDIFF(MINUTE, n.last_heard_at, SYSUTCDATETIME()) / 60 AS hours_silent,
    DATEDIFF(MINUTE, n.last_written_at, SYSUTCDATETIME()) / 60 AS hours_unchanged,
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
        ON p.source_ip = t.source_ip AND p.db_path = t.db_path COLLATE Latin1_General_100_BIN2
) AS n;
GO
-- Nodes that nobody has been able to look at for a day.
ALTER VIEW dbo.vw_StaleNodes AS
SELECT source_ip, node_name, db_path, rows_listed, last_modified_at, last_heard_at, hours_silent, problem, problem_since
FROM dbo.vw_Nodes
WHERE hours_silent >= 24;
GO
