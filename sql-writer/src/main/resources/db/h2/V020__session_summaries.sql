-- What the monitor reconciles for each session and database. The columns of the Python tool keep their names and meanings; what
-- is new stands at the end. revision rises with each summary of a session: an older one that comes late changes nothing.
ALTER TABLE dbo.SyncSessions ALTER COLUMN status SET DATA TYPE NVARCHAR(30);

-- total_records_published = total_sql_inserts + total_sql_updates + total_sql_unchanged + total_dead_lettered + records_in_flight
ALTER TABLE dbo.SyncSessions ADD COLUMN (
    scan_ended_at           DATETIME2(7) NULL,
    last_moved_at           DATETIME2(7) NULL,
    total_records_published BIGINT       DEFAULT 0 NOT NULL,
    total_records_rejected   BIGINT       DEFAULT 0 NOT NULL,
    total_sql_updates       BIGINT       DEFAULT 0 NOT NULL,
    total_sql_unchanged     BIGINT       DEFAULT 0 NOT NULL,
    total_dead_lettered     BIGINT       DEFAULT 0 NOT NULL,
    records_in_flight      BIGINT       DEFAULT 0 NOT NULL,
    revision                BIGINT       DEFAULT 0 NOT NULL
);

-- The latest scan of each database. scan_started_at and revision say which is the latest.
ALTER TABLE dbo.ProcessedDatabases ADD COLUMN (
    node_name          NVARCHAR(255) NULL,
    session_id         NVARCHAR(36)  NULL,
    status             NVARCHAR(30)  NULL,
    scan_started_at    DATETIME2(7)  NULL,
    records_published  BIGINT        DEFAULT 0 NOT NULL,
    records_in_flight BIGINT        DEFAULT 0 NOT NULL,
    revision           BIGINT        DEFAULT 0 NOT NULL
);
