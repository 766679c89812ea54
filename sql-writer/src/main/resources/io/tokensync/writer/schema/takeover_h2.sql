-- What taking over the Python tool's tables needs of H2 only.
-- name: bin2

-- name: now
CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(7))

-- name: progress_table
CREATE TABLE dbo.TokenRecords_progress (last_token_id NVARCHAR(500) NOT NULL, old_rows BIGINT NOT NULL)

-- name: rename
ALTER TABLE dbo.<from> RENAME TO <to>

-- name: indexes
SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = '<table>'

-- name: drop_index
DROP INDEX dbo.<index>
