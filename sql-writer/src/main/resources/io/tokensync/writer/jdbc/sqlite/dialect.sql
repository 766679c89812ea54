-- The batch in SQLite: there is no table to fill. Rows are looked up, and then inserted, updated or left alone, by statements that
-- are prepared once a batch; s.x in them becomes a parameter, the staged row's x. Measured against one upsert per row, whose WHERE
-- says nothing of what a row that it leaves alone is.

-- Takes the one lock for writing before anything is read: a transaction that has read cannot have it once another has written.
-- name: lock
UPDATE dbo.TokenRecords SET id = id WHERE 0

-- Of the rows in s, some keys with what orders their registers (narrow.sql), those that are in the table. CROSS: for each of s
-- one search, whatever SQLite thinks of the table's size.
-- name: look_up
SELECT s.place, t.id, {relation} FROM s CROSS JOIN dbo.TokenRecords AS t ON {key_equal}

-- Behind the INSERT of merge.sql: the row that is there stays as it is, and none is counted.
-- name: unless_there
ON CONFLICT (source_ip, node_name, token_id) DO NOTHING

-- The time of the batch.
-- name: time
SELECT strftime('%Y-%m-%d %H:%M:%f0000', 'now')

-- In merge.sql, of which UPDATE and INSERT are taken.
-- name: now
s.written_at

-- name: stage

-- name: plan

-- The monitor's summaries, which sessions.sql has.
-- name: guid
?

-- name: text
?

-- name: time_value
?

-- name: delete_ended_sessions
DELETE FROM dbo.SyncSessions WHERE session_id IN (SELECT session_id FROM dbo.SyncSessions WHERE end_time < ? LIMIT 500)

-- Never the latest of a node.
-- name: delete_verifications
DELETE FROM dbo.NodeVerifications WHERE rowid IN (
    SELECT old.rowid FROM dbo.NodeVerifications AS old
    WHERE old.verified_at < ? AND EXISTS (
        SELECT 1 FROM dbo.NodeVerifications AS later
        WHERE later.source_ip = old.source_ip AND later.node_name = old.node_name AND later.verified_at > old.verified_at
    )
    LIMIT 500
)
