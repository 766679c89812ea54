-- The monitor's accounts, the same SQL everywhere. A row that is not there is made empty, in the transaction that then fills
-- it: so each column is named once. The guard lets only a later account through. Parameters meet columns and nothing else, so
-- that the columns' collations decide.

-- name: make_session
INSERT INTO dbo.SyncSessions (session_id, source_ip)
SELECT CAST(? AS UNIQUEIDENTIFIER), CAST(? AS NVARCHAR(45))
WHERE NOT EXISTS (SELECT 1 FROM dbo.SyncSessions WHERE session_id = ?)

-- name: fill_session
UPDATE dbo.SyncSessions SET
    source_ip = ?,
    start_time = ?,
    end_time = ?,
    total_databases_found = ?,
    total_databases_processed = ?,
    total_records_processed = ?,
    total_ipfs_success = ?,
    total_ipfs_failures = ?,
    total_sql_inserts = ?,
    total_sql_errors = ?,
    total_validation_errors = ?,
    status = ?,
    error_summary = ?,
    scan_ended_at = ?,
    last_moved_at = ?,
    total_records_published = ?,
    total_records_refused = ?,
    total_sql_updates = ?,
    total_sql_unchanged = ?,
    total_dead_lettered = ?,
    records_on_the_way = ?,
    revision = ?
WHERE session_id = ? AND revision < ?

-- name: make_database
INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)
SELECT CAST(? AS NVARCHAR(45)), CAST(? AS NVARCHAR(500)), CAST(? AS DATETIME2(7)), CAST(? AS DATETIME2(7))
WHERE NOT EXISTS (SELECT 1 FROM dbo.ProcessedDatabases WHERE source_ip = ? AND db_path = ?)

-- name: fill_database
UPDATE dbo.ProcessedDatabases SET
    last_modified = ?,
    last_processed = ?,
    record_count = ?,
    ipfs_success_count = ?,
    ipfs_fail_count = ?,
    validation_error_count = ?,
    processing_duration_seconds = ?,
    node_name = ?,
    session_id = ?,
    status = ?,
    scan_started_at = ?,
    records_published = ?,
    records_on_the_way = ?,
    revision = ?
WHERE source_ip = ? AND db_path = ?
    AND (scan_started_at IS NULL OR scan_started_at < ? OR (scan_started_at = ? AND revision < ?))
