-- What H2 says in its own way: ${x} in db/views, {x} in takeover.sql, and what is asked of the catalog.

-- name: create_view
CREATE OR REPLACE VIEW

-- name: end_of_script

-- name: now
CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(7))

-- H2 compares text exactly by itself.
-- name: bin2

-- name: seek

-- H2 has none; where it is used, the pattern of _number lets nothing through but digits and points.
-- name: try_cast
CAST

-- name: hours_since_
DATEDIFF(SECOND,

-- name: _hours_since
, {now}) / 3600

-- name: decimal_token_value
CASE WHEN REGEXP_LIKE(token_value, '^[0-9]{1,20}([.][0-9]{1,40})?$') THEN CAST(token_value AS DECIMAL(30, 10)) END

-- name: ipfs_error_code
SUBSTRING(t.ipfs_error, 1, LOCATE(N':', CONCAT(t.ipfs_error, N':')) - 1)

-- A field of ipfs_info: ${info_}name${_text}, ${info_}level${_number}, ${info_}possible${_boolean}. H2 has no JSON_VALUE, so texts
-- are shown as JSON has them, with its backslashes.
-- name: info_
REGEXP_SUBSTR(t.ipfs_info, '"

-- name: _text
":"([^"\\]*(?:\\.[^"\\]*)*)"', 1, 1, '', 1)

-- name: _number
":([0-9.]+)', 1, 1, '', 1)

-- name: _boolean
":(true|false)', 1, 1, '', 1)

-- How many unique indexes have exactly the columns of the identity as their key.
-- name: identity_indexes
SELECT COUNT(*)
FROM (
    SELECT INDEX_NAME
    FROM INFORMATION_SCHEMA.INDEX_COLUMNS
    WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = 'TokenRecords' AND IS_UNIQUE
    GROUP BY INDEX_NAME
    HAVING COUNT(*) = 3
        AND SUM(CASE WHEN COLUMN_NAME IN ('source_ip', 'node_name', 'token_id') THEN 1 ELSE 0 END) = 3
) AS identity_index

-- name: indexes
SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = '<table>'

-- name: drop_index
DROP INDEX dbo.<index>

-- name: rename
ALTER TABLE dbo.<from> RENAME TO <to>
