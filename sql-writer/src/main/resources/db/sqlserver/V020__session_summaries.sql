-- What the monitor reconciles for each session and database. The columns of the Python tool keep their names and meanings; what
-- is new stands at the end. revision rises with each summary of a session: an older one that comes late changes nothing.
ALTER TABLE dbo.SyncSessions DROP CONSTRAINT IF EXISTS DF_SyncSessions_status;
GO
ALTER TABLE dbo.SyncSessions ALTER COLUMN status NVARCHAR(30) NOT NULL;
GO
ALTER TABLE dbo.SyncSessions ADD CONSTRAINT DF_SyncSessions_status DEFAULT N'RUNNING' FOR status;
GO
-- total_records_published = total_sql_inserts + total_sql_updates + total_sql_unchanged + total_dead_lettered + records_in_flight
ALTER TABLE dbo.SyncSessions ADD
    scan_ended_at           DATETIME2(7) NULL,
    last_moved_at           DATETIME2(7) NULL,
    total_records_published BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_published DEFAULT 0,
    total_records_rejected   BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_rejected DEFAULT 0,
    total_sql_updates       BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_sql_updates DEFAULT 0,
    total_sql_unchanged     BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_sql_unchanged DEFAULT 0,
    total_dead_lettered     BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_dead_lettered DEFAULT 0,
    records_in_flight      BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_in_flight DEFAULT 0,
    revision                BIGINT       NOT NULL CONSTRAINT DF_SyncSessions_revision DEFAULT 0;
GO
-- The latest scan of each database. scan_started_at and revision say which is the latest.
ALTER TABLE dbo.ProcessedDatabases ADD
    node_name          NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NULL,
    session_id         NVARCHAR(36)  NULL,
    status             NVARCHAR(30)  NULL,
    scan_started_at    DATETIME2(7)  NULL,
    records_published  BIGINT        NOT NULL CONSTRAINT DF_ProcessedDatabases_published DEFAULT 0,
    records_in_flight BIGINT        NOT NULL CONSTRAINT DF_ProcessedDatabases_in_flight DEFAULT 0,
    revision           BIGINT        NOT NULL CONSTRAINT DF_ProcessedDatabases_revision DEFAULT 0;
GO
