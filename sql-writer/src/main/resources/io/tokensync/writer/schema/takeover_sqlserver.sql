-- What taking over the Python tool's tables needs of SQL Server only.
-- name: bin2
COLLATE Latin1_General_100_BIN2

-- name: now
SYSUTCDATETIME()

-- name: progress_table
CREATE TABLE dbo.TokenRecords_progress (last_token_id NVARCHAR(500) NOT NULL, old_rows BIGINT NOT NULL)

-- name: rename
EXEC sp_rename N'dbo.<from>', N'<to>'

-- name: indexes
SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.<table>') AND name IS NOT NULL

-- name: drop_index
DROP INDEX <index> ON dbo.<table>
