-- What SQLite says in its own way: ${x} in db/views, and what is asked of the catalog. Of the views it takes N'x' as 'x', and leaves
-- dbo. out; they need no function that a program of others, with SQLite 3.37 or later, has not.

-- In the end DROP VIEW IF EXISTS and CREATE VIEW.
-- name: create_view
CREATE OR REPLACE VIEW

-- name: end_of_script

-- SQLite compares text exactly by itself.
-- name: bin2

-- name: now
strftime('%Y-%m-%d %H:%M:%f', 'now')

-- Whole hours that have passed since a time: ${hours_since_}x${_hours_since}.
-- name: hours_since_
(strftime('%s', 'now') - strftime('%s',

-- name: _hours_since
)) / 3600

-- Decimals are floating-point numbers: what is computed of them is rounded to ten places, so that equal amounts are equal. Exact up to
-- 100,000.
-- name: exact_
ROUND(

-- name: _exact
, 10)

-- It makes 0 of what is no number, and never fails.
-- name: try_cast
CAST

-- name: decimal_token_value
CASE WHEN token_value NOT GLOB '*[^0-9.]*' AND token_value NOT GLOB '*.*.*' AND token_value GLOB '[0-9]*'
    AND token_value GLOB '*[0-9]' THEN CAST(token_value AS REAL) END

-- name: ipfs_error_code
SUBSTR(t.ipfs_error, 1, INSTR(t.ipfs_error || ':', ':') - 1)

-- A field of ipfs_info: ${info_}name${_text}, ${info_}level${_number}, ${info_}possible${_boolean}. json_extract makes 1 of true, but
-- leaves it where it is asked for two fields, of which there is only one: [true,null], without what stands around it.
-- name: info_
NULLIF(TRIM(json_extract(CASE WHEN json_valid(t.ipfs_info) THEN t.ipfs_info END, '$.

-- name: _text
'), ''), NULL)

-- name: _number
'), ''), NULL)

-- name: _boolean
', '$."no such field"'), '[],nul'), '')

-- name: columns
SELECT m.name, c.name, NULL FROM dbo.sqlite_schema AS m, pragma_table_xinfo(m.name, 'dbo') AS c WHERE m.type IN ('table', 'view')

-- How many unique indexes have exactly the columns of the identity as their key, and hold for all rows.
-- name: identity_indexes
SELECT COUNT(*)
FROM pragma_index_list('TokenRecords', 'dbo') AS l
WHERE l."unique" = 1 AND l.partial = 0 AND (
    SELECT GROUP_CONCAT(name) FROM (SELECT name FROM pragma_index_info(l.name, 'dbo') ORDER BY name)
) = 'node_name,source_ip,token_id'

-- name: rename
ALTER TABLE <from> RENAME TO <to>

-- Empties a table.
-- name: empty
DELETE FROM
