-- Taking over the tables of the Python tool: one row of each identity is chosen, these are copied into tables of ours under other
-- names, page by page, then both change names in one transaction. The old tables stay, as ..._python. {bin2}, {now} and {seek} are
-- the dialect's.

-- A row without an id of its own has no place in a table keyed by it.
-- name: usable
LEN(l.token_id) > 0 AND l.token_id <> N'c not found' AND l.token_id NOT LIKE N'% '

-- Fetched, but nothing came: an empty answer counted as success.
-- name: fetched
l.ipfs_fetched = 1 AND l.ipfs_data IS NOT NULL

-- The Python tool read nodes before v1 alone; what their status codes mean.
-- name: status_name
CASE r.token_status
    WHEN N'0' THEN N'free'
    WHEN N'1' THEN N'locked'
    WHEN N'2' THEN N'pledged'
    WHEN N'3' THEN N'unpledged'
    WHEN N'4' THEN N'transferred'
    WHEN N'5' THEN N'committed'
    WHEN N'6' THEN N'generated'
    WHEN N'7' THEN N'deployed'
    WHEN N'8' THEN N'fetched'
    WHEN N'9' THEN N'burnt'
    WHEN N'10' THEN N'executed'
    WHEN N'11' THEN N'orphaned'
    WHEN N'12' THEN N'chain sync issue'
    WHEN N'13' THEN N'pledge issue'
    WHEN N'14' THEN N'double spent'
    WHEN N'15' THEN N'pinned as service'
    WHEN N'16' THEN N'burnt for ft'
    WHEN N'17' THEN N'pending'
    WHEN N'20' THEN N'quorum pledged'
    WHEN N'2302' THEN N'outside limits'
END

-- name: counts
SELECT
    COUNT(*) AS all_rows,
    COALESCE(SUM(CASE WHEN {usable} THEN 1 ELSE 0 END), 0) AS usable_rows,
    COALESCE(SUM(CASE WHEN l.token_status = N'essential_only' THEN 1 ELSE 0 END), 0) AS essential_rows,
    COALESCE(SUM(CASE WHEN l.did = N'c not found' OR l.token_status = N'c not found'
        OR l.parent_token_id = N'c not found' OR l.token_value = N'c not found' THEN 1 ELSE 0 END), 0) AS not_found_rows,
    COALESCE(SUM(CASE WHEN {fetched} THEN 1 ELSE 0 END), 0) AS fetched_rows
FROM dbo.TokenRecords AS l

-- name: identities
SELECT COUNT(*) FROM (
    SELECT DISTINCT l.source_ip {bin2} AS source_ip, l.node_name {bin2} AS node_name, l.token_id {bin2} AS token_id
    FROM dbo.TokenRecords AS l
    WHERE {usable}
) AS identities

-- name: sources
SELECT source_ip, COUNT(*) AS rows_of FROM dbo.TokenRecords GROUP BY source_ip ORDER BY source_ip

-- By the key of the old table, which it has in every case; of its other indexes nothing is known.
-- name: chosen_table
CREATE TABLE dbo.TokenRecords_chosen (row_id BIGINT NOT NULL PRIMARY KEY, content_id BIGINT NOT NULL)

-- Of rows with one identity the newest gives the row, one that an essential-only run has not overwritten first; the
-- content comes from whichever has it. All of the old table is sorted, once.
-- name: choose
INSERT INTO dbo.TokenRecords_chosen (row_id, content_id)
SELECT r.id, r.content_id
FROM (
    SELECT
        l.id,
        ROW_NUMBER() OVER (
            PARTITION BY l.source_ip {bin2}, l.node_name {bin2}, l.token_id {bin2}
            ORDER BY CASE WHEN l.token_status = N'essential_only' THEN 1 ELSE 0 END, l.updated_at DESC, l.synced_at DESC,
                l.id DESC
        ) AS place,
        FIRST_VALUE(l.id) OVER (
            PARTITION BY l.source_ip {bin2}, l.node_name {bin2}, l.token_id {bin2}
            ORDER BY CASE WHEN {fetched} THEN 0
                WHEN l.ipfs_error IS NOT NULL AND l.ipfs_error <> N'essential_capture_only' THEN 1 ELSE 2 END,
                l.synced_at DESC, l.id DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS content_id
    FROM dbo.TokenRecords AS l
    WHERE {usable}
) AS r
WHERE r.place = 1

-- name: progress_table
CREATE TABLE dbo.TokenRecords_progress (last_row_id BIGINT NOT NULL, old_rows BIGINT NOT NULL, copied_rows BIGINT NOT NULL)

-- name: progress
SELECT last_row_id, old_rows, copied_rows FROM dbo.TokenRecords_progress

-- No id is smaller, of whatever start and step its table was made.
-- name: begin
INSERT INTO dbo.TokenRecords_progress (last_row_id, old_rows, copied_rows) VALUES (-9223372036854775808, ?, 0)

-- name: advance
UPDATE dbo.TokenRecords_progress SET last_row_id = ?, copied_rows = ?

-- The last row of the next page.
-- name: next
SELECT MAX(b.row_id) FROM (
    SELECT TOP (20000) c.row_id AS row_id FROM dbo.TokenRecords_chosen AS c WHERE c.row_id > ? ORDER BY c.row_id
) AS b

-- name: copy
INSERT INTO dbo.TokenRecords_new (
    source_ip, node_name, token_id, did, created_at, updated_at, token_status, parent_token_id, token_value, ipfs_data,
    ipfs_fetched, ipfs_error, ipfs_source, db_path, ipfs_path, db_last_modified, synced_at, validation_errors,
    status_name, node_generation
)
SELECT
    r.source_ip,
    r.node_name,
    r.token_id,
    NULLIF(r.did, N'c not found'),
    r.created_at,
    r.updated_at,
    CASE WHEN r.token_status IN (N'essential_only', N'c not found') THEN NULL ELSE r.token_status END,
    NULLIF(r.parent_token_id, N'c not found'),
    NULLIF(r.token_value, N'c not found'),
    l.ipfs_data,
    CASE WHEN {fetched} THEN 1 ELSE 0 END,
    NULLIF(l.ipfs_error, N'essential_capture_only'),
    CASE WHEN {fetched} THEN N'python tool' END,
    r.db_path,
    r.ipfs_path,
    r.db_last_modified,
    COALESCE(r.synced_at, r.db_last_modified),
    r.validation_errors,
    {status_name},
    N'sqlite'
FROM dbo.TokenRecords_chosen AS c
INNER JOIN dbo.TokenRecords AS r ON r.id = c.row_id
INNER JOIN dbo.TokenRecords AS l ON l.id = c.content_id
WHERE c.row_id > ? AND c.row_id <= ?
{seek}

-- name: copied
SELECT COUNT(*) FROM dbo.TokenRecords_new

-- name: rows
SELECT COUNT(*) FROM dbo.TokenRecords

-- The old table knows the path only; the machine comes from the tokens that were read there.
-- name: databases
INSERT INTO dbo.ProcessedDatabases_new (
    source_ip, db_path, last_modified, last_processed, record_count, ipfs_success_count, ipfs_fail_count,
    validation_error_count, processing_duration_seconds
)
SELECT
    m.source_ip,
    p.db_path,
    p.last_modified,
    p.last_processed,
    COALESCE(p.record_count, 0),
    COALESCE(p.ipfs_success_count, 0),
    COALESCE(p.ipfs_fail_count, 0),
    COALESCE(p.validation_error_count, 0),
    COALESCE(p.processing_duration_seconds, 0)
FROM dbo.ProcessedDatabases AS p
INNER JOIN (SELECT DISTINCT source_ip, db_path {bin2} AS db_path FROM dbo.TokenRecords_new) AS m
    -- Collated on both sides: the old table's default may be another one than ours.
    ON m.db_path {bin2} = p.db_path {bin2}

-- A session of the old tool that still says RUNNING has ended without saying so.
-- name: sessions
INSERT INTO dbo.SyncSessions_new (
    session_id, start_time, end_time, source_ip, total_databases_found, total_databases_processed,
    total_records_processed, total_ipfs_success, total_ipfs_failures, total_sql_inserts, total_sql_errors,
    total_validation_errors, status, error_summary
)
SELECT
    session_id,
    COALESCE(start_time, {now}),
    end_time,
    source_ip,
    COALESCE(total_databases_found, 0),
    COALESCE(total_databases_processed, 0),
    COALESCE(total_records_processed, 0),
    COALESCE(total_ipfs_success, 0),
    COALESCE(total_ipfs_failures, 0),
    COALESCE(total_sql_inserts, 0),
    COALESCE(total_sql_errors, 0),
    COALESCE(total_validation_errors, 0),
    CASE WHEN status IS NULL OR status = N'RUNNING' THEN N'INTERRUPTED' ELSE status END,
    error_summary
FROM dbo.SyncSessions
