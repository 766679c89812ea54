-- The monitor's summaries of sessions, the same SQL everywhere; {x} is the dialect's, which has delete_ended_sessions as well. A row that
-- is not there is made empty, in the transaction that then fills it: so each column is named once. The guard lets only a later summary
-- through, and one that the agent has announced before any that it has not: of these only parts are known. Parameters meet columns and
-- nothing else, so that the columns' collations decide.

-- name: make_session
INSERT INTO dbo.SyncSessions (session_id, source_ip)
SELECT {guid}, {text}
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
    total_records_rejected = ?,
    total_sql_updates = ?,
    total_sql_unchanged = ?,
    total_dead_lettered = ?,
    records_in_flight = ?,
    total_records_read = ?,
    announced = ?,
    revision = ?
WHERE session_id = ? AND (announced < ? OR (announced = ? AND revision < ?))

-- name: make_database
INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)
SELECT {text}, {text}, {time_value}, {time_value}
WHERE NOT EXISTS (SELECT 1 FROM dbo.ProcessedDatabases WHERE source_ip = ? AND db_path = ?)

-- name: fill_database
UPDATE dbo.ProcessedDatabases SET
    last_modified = ?,
    last_processed = CASE WHEN last_processed > ? THEN last_processed ELSE ? END,
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
    records_in_flight = ?,
    announced = ?,
    revision = ?
WHERE source_ip = ? AND db_path = ?
    AND (announced < ? OR (announced = ?
        AND (scan_started_at IS NULL OR scan_started_at < ? OR (scan_started_at = ? AND revision < ?))))

-- name: mark_problem
UPDATE dbo.ProcessedDatabases SET
    problem = ?,
    problem_since = ?,
    looked_at = ?
WHERE source_ip = ? AND db_path = ? AND scan_started_at IS NOT NULL AND (looked_at IS NULL OR looked_at < ?)

-- name: look
UPDATE dbo.ProcessedDatabases SET
    problem = NULL,
    problem_since = NULL,
    last_processed = CASE WHEN last_processed > ? THEN last_processed ELSE ? END,
    looked_at = ?
WHERE source_ip = ? AND scan_started_at IS NOT NULL AND (looked_at IS NULL OR looked_at < ?)
