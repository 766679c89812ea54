-- The batch in SQLite: there is no table to fill. Each row is looked up, and then inserted, updated or left alone, by statements that
-- are prepared once a batch; s.x in them becomes a parameter, the staged row's x. Measured against one upsert per row, whose WHERE
-- says nothing of what a row that it leaves alone is.

-- Takes the one lock for writing before anything is read: a transaction that has read cannot have it once another has written.
-- name: lock
UPDATE dbo.TokenRecords SET id = id WHERE 0

-- What the staged row is to the table's: 2 newer, 1 the same, 0 stale. No row: it is new.
-- name: look_up
SELECT t.id, CASE WHEN {newer} THEN 2 WHEN {same} THEN 1 ELSE 0 END FROM dbo.TokenRecords AS t WHERE {key_equal}

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
