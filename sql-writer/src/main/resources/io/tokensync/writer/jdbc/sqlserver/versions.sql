-- For history.sql: the versions that the stage does not have.

-- name: versions_table
#versions

-- name: gone_at
gone_at
