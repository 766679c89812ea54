-- What writer.history.keep deletes, the same SQL everywhere: a range of ids at a time.

-- name: first
SELECT COALESCE(MIN(id), 0) FROM dbo.TokenHistory WHERE id > ?

-- name: old
SELECT COUNT(*) FROM dbo.TokenHistory WHERE id BETWEEN ? AND ? AND observed_at < ?

-- A version is superseded by a newer row, a deletion by a newer deletion too: as the merge has it (law.sql). A row is not superseded by
-- a deletion, which keeps it. It must have been so before the time, or the table as it was at that time would need it.
-- name: prune
DELETE FROM dbo.TokenHistory WHERE id IN (
    SELECT h.id FROM dbo.TokenHistory AS h
    WHERE h.id BETWEEN ? AND ? AND h.observed_at < ? AND EXISTS (
        SELECT 1 FROM dbo.TokenHistory AS n
        WHERE n.source_ip = h.source_ip AND n.node_name = h.node_name AND n.token_id = h.token_id
            AND n.observed_at < ?
            AND (n.record_version > h.record_version AND (n.deleted_at IS NULL OR h.deleted_at IS NOT NULL)
                OR n.record_version = h.record_version AND n.deleted_at IS NULL AND h.deleted_at IS NULL
                    AND n.row_hash > h.row_hash
                OR n.record_version = h.record_version AND (n.deleted_at > h.deleted_at
                    OR n.deleted_at = h.deleted_at AND n.row_hash > h.row_hash))
    )
)
