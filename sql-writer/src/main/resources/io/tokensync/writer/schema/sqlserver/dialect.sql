-- What SQL Server says in its own way: ${x} in db/views, {x} in takeover.sql, and what is asked of the catalog.

-- Views keep their grants.
-- name: create_view
CREATE OR ALTER VIEW

-- What ends a script for sqlcmd, sqlpackage and Management Studio.
-- name: end_of_script
GO

-- name: now
SYSUTCDATETIME()

-- The collation in which two ids, or two paths, are the same only when they are.
-- name: bin2
COLLATE Latin1_General_100_BIN2

-- The rows of a page by their keys, in the order in which they stand: a plan that reads all of a table, once for each page, must not
-- be taken, whatever the server thinks how many rows a page has.
-- name: seek
OPTION (LOOP JOIN, FORCE ORDER)

-- name: try_cast
TRY_CAST

-- Whole hours that have passed since a time: ${hours_since_}x${_hours_since}. Of seconds, because the borders of minutes that
-- DATEDIFF counts may be one more than the minutes; in BIGINT, because the seconds of 68 years are too many for INT.
-- name: hours_since_
CAST(DATEDIFF_BIG(SECOND,

-- name: _hours_since
, SYSUTCDATETIME()) / 3600 AS INT)

-- Decimals are exact.
-- name: exact_

-- name: _exact

-- name: decimal_token_value
TRY_CAST(token_value AS DECIMAL(30, 10))

-- name: ipfs_error_code
SUBSTRING(t.ipfs_error, 1, CHARINDEX(N':', CONCAT(t.ipfs_error, N':')) - 1)

-- A field of ipfs_info: ${info_}name${_text}, ${info_}level${_number}, ${info_}possible${_boolean}.
-- name: info_
JSON_VALUE(t.ipfs_info, '$.

-- name: _text
')

-- name: _number
')

-- name: _boolean
')

-- The tables and views of dbo with their columns, and the collation of each where that is known.
-- name: columns
SELECT TABLE_NAME, COLUMN_NAME, COLLATION_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo'

-- How many unique indexes have exactly the columns of the identity as their key, and hold for all rows.
-- name: identity_indexes
SELECT COUNT(*)
FROM (
    SELECT i.index_id
    FROM sys.indexes AS i
    INNER JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
    INNER JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
    WHERE i.object_id = OBJECT_ID(N'dbo.TokenRecords') AND i.is_unique = 1 AND i.is_disabled = 0
        AND i.has_filter = 0 AND ic.is_included_column = 0
    GROUP BY i.index_id
    HAVING COUNT(*) = 3
        AND SUM(CASE WHEN c.name IN (N'source_ip', N'node_name', N'token_id') THEN 1 ELSE 0 END) = 3
) AS identity_index

-- Whether readers get rows as they were last committed. In Azure SQL the number in sys.databases is another one than DB_ID says.
-- name: read_committed_snapshot
SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()

-- name: indexes
SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.<table>') AND name IS NOT NULL

-- name: drop_index
DROP INDEX <index> ON dbo.<table>

-- name: rename
EXEC sp_rename N'dbo.<from>', N'<to>'

-- Empties a table.
-- name: empty
TRUNCATE TABLE
