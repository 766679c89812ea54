-- order: token_id, source_ip, node_name, later_version
-- needs: TokenHistory
SELECT h.token_id, h.token_kind, b.status_name AS earlier_status, h.status_name AS later_status, h.source_ip, h.node_name, h.did, h.token_value, h.transaction_id, b.observed_at AS earlier_observed_at, h.observed_at AS later_observed_at, b.record_version AS earlier_version, h.record_version AS later_version
FROM dbo.TokenHistory AS b
INNER JOIN dbo.TokenHistory AS h ON h.source_ip = b.source_ip AND h.node_name = b.node_name AND h.token_id = b.token_id
    AND h.record_version > b.record_version AND h.did = b.did AND h.status_name IN ${held}
WHERE b.status_name IN (N'burnt', N'burnt for ft', N'transferred')
    -- held again under the transaction by which it was held before: one that has come back, or was made again, names a new one
    AND EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS e
        WHERE e.source_ip = h.source_ip AND e.node_name = h.node_name AND e.token_id = h.token_id
            AND e.record_version < b.record_version AND e.did = h.did AND e.transaction_id = h.transaction_id
            AND e.status_name IN ${held}
    )
    -- these two follow each other, and the row was not removed and made again
    AND NOT EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS m
        WHERE m.source_ip = h.source_ip AND m.node_name = h.node_name AND m.token_id = h.token_id
            AND m.record_version > b.record_version AND m.record_version < h.record_version
            AND (m.deleted_at IS NOT NULL OR m.status_name IN ${held} OR m.status_name IN (N'burnt', N'burnt for ft', N'transferred'))
    )
    -- a transfer that has not come about is taken back; one whose receiver was seen has come about
    AND (b.status_name <> N'transferred' OR EXISTS (
        SELECT 1
        FROM dbo.TokenHistory AS r
        WHERE r.token_id = b.token_id AND (r.source_ip <> b.source_ip OR r.node_name <> b.node_name) AND r.did <> b.did
            AND r.status_name IN ${held} AND r.record_version < h.record_version
            AND (r.record_version > b.record_version OR r.transaction_id = b.transaction_id)
    ))
